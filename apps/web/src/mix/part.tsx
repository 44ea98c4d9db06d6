/** A part of the room that can be folded; what is folded computes nothing. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface PartProps {
  readonly title: string;
  /** One line, to be read while it is folded too. */
  readonly lede: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** What is in it; it is there when it is open. */
  readonly children: ComponentChildren;
}

export function Part({ title, lede, open, onToggle, children }: PartProps) {
  const [shown, setShown] = useState(open);
  useEffect(() => setShown(open), [open]);
  return (
    <details
      class="part"
      open={open}
      onToggle={(event) => {
        if (event.target !== event.currentTarget) return;
        const now = event.currentTarget.open;
        setShown(now);
        if (now !== open) onToggle(now);
      }}
    >
      <summary>
        <h2>{title}</h2>
        <p class="part-lede">{lede}</p>
      </summary>
      {shown && <div class="part-body">{children}</div>}
    </details>
  );
}
