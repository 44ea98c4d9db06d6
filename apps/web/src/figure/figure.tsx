/** Figures: a picture, its caption, and its data as a table. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { DataTable, type TableData } from './data-table.tsx';

interface FigureProps {
  /** SVG as text or as an element, for instance of Observable Plot; undefined while there is none yet. */
  readonly picture: string | Element | undefined;
  /** What the picture shows, for those who can't see it; text pictures say so themselves. */
  readonly label?: string;
  readonly caption: ComponentChildren;
  /** The figures behind the picture; asked for when the table is opened. */
  readonly data: () => TableData;
  /** Of the place that is kept for the picture while there is none, as width / height. */
  readonly ratio?: number;
  /** Buttons beside the table's. */
  readonly children?: ComponentChildren;
}

export function Figure({ picture, label, caption, data, ratio = 720 / 440, children }: FigureProps) {
  const place = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    if (!place.current || picture === undefined) return;
    // Text comes from @mixup/experiments, which escapes all that it writes.
    if (typeof picture === 'string') place.current.innerHTML = picture;
    else {
      // Plot labels its groups, which have no role to be labelled.
      for (const group of picture.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
      picture.setAttribute('role', 'img');
      if (label !== undefined) picture.setAttribute('aria-label', label);
      place.current.replaceChildren(picture);
    }
  }, [picture, label]);
  return (
    <figure class="figure">
      <div
        ref={place}
        class="figure-picture"
        style={picture === undefined ? { aspectRatio: String(ratio) } : undefined}
        aria-busy={picture === undefined}
      />
      <figcaption>{caption}</figcaption>
      <div class="figure-foot">
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>Show the data</summary>
          {open && picture !== undefined && <DataTable {...data()} />}
        </details>
        {children && <div class="figure-actions">{children}</div>}
      </div>
    </figure>
  );
}
