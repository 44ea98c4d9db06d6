/** Both surfaces side by side, with what is under the cursor, and what to see. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { DataTable, type TableData } from '../figure/data-table.tsx';
import type { ThemeName } from '../shell/theme.ts';
import { type ArmName, armNames, type Frame } from './frame.ts';
import { type Palette, readPalette } from './palette.ts';
import { Panel } from './panel.tsx';
import { type Place, toShare } from './panel-picture.ts';
import { readSurface } from './surface.ts';
import { percent } from './wording.ts';

export const armTitles = { baseline: 'Baseline', mixup: 'Mixup' } satisfies Record<ArmName, string>;

interface SurfacesProps {
  readonly frame: Frame | undefined;
  readonly stale: boolean;
  readonly theme: ThemeName;
  readonly onAdd: (place: Place) => void;
  readonly onKey: (key: string) => boolean;
  /** Between the pictures and their caption. */
  readonly children: ComponentChildren;
  readonly caption: ComponentChildren;
}

export function Surfaces({ frame, stale, theme, onAdd, onKey, children, caption }: SurfacesProps) {
  const id = useId();
  const palette = usePalette(theme);
  const [cursor, setCursor] = useState<Place>();
  const [open, setOpen] = useState(false);
  return (
    <figure class={stale ? 'figure surfaces surfaces-stale' : 'figure surfaces'}>
      <div class="panels">
        {armNames.map((name) => (
          <Panel
            key={name}
            title={armTitles[name]}
            label={panelLabel(name, frame)}
            describedBy={`${id}-keys`}
            scene={frame?.scene}
            arm={frame?.arms[name]}
            mixed={name === 'mixup' && frame ? frame.mixed : none}
            cursor={cursor}
            palette={palette}
            onCursor={setCursor}
            onAdd={onAdd}
            onKey={onKey}
          />
        ))}
      </div>
      <output class="readout" aria-live="polite">
        {frame && cursor
          ? readout(frame, cursor)
          : 'Point at a picture, or use the arrow keys in it, to read what both networks say there.'}
      </output>
      {children}
      <p class="visually-hidden" id={`${id}-keys`}>
        Arrow keys move a cursor, with Shift further; Enter adds a point there; 1 to 4 choose its class; Backspace
        removes the last point.
      </p>
      <figcaption>{caption}</figcaption>
      <div class="figure-foot">
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>Show the data</summary>
          {open && frame && <DataTable {...pointTable(frame)} />}
        </details>
      </div>
    </figure>
  );
}

/** The colours of a theme, once the page has it. */
function usePalette(theme: ThemeName): Palette | undefined {
  const [palette, setPalette] = useState<Palette>();
  useEffect(() => {
    // The shell puts the theme on the page in an effect of its own, which comes after this one.
    const due = requestAnimationFrame(() => setPalette(readPalette(document.body)));
    return () => cancelAnimationFrame(due);
  }, [theme]);
  return palette;
}

const none: Frame['mixed'] = [];

function panelLabel(name: ArmName, frame: Frame | undefined): string {
  if (!frame) return `${armTitles[name]}: not there yet`;
  const { arms, epoch, scene } = frame;
  const accuracy = arms[name].history.heldOutAccuracy[epoch] as number;
  return `What the ${name} network says of each place after ${epoch} epochs, with ${scene.points.length} training points; held-out accuracy ${percent(accuracy)}`;
}

function readout({ scene, arms }: Frame, place: Place): string {
  const { x, y } = toShare(scene.domain, place);
  const says = (name: ArmName) => {
    const here = readSurface(arms[name].surface, x, y);
    const most = here.indexOf(Math.max(...here));
    return `${name} ${scene.classNames[most]}, ${percent(here[most] as number, 0)} sure`;
  };
  return `At ${place.x.toFixed(2)}, ${place.y.toFixed(2)}: ${armNames.map(says).join('; ')}.`;
}

function pointTable({ scene, arms }: Frame): TableData {
  const { points, classNames, featureNames, domain } = scene;
  const kinds = { given: '', wrong: 'wrong', added: 'added' };
  return {
    caption: 'Training points, and the probability that each network gives to the label of each',
    columns: ['Point', ...featureNames, 'Label', 'Kind', ...armNames.map((name) => armTitles[name])],
    rows: points.map((point, i) => {
      const share = toShare(domain, point);
      const given = armNames.map((name) => readSurface(arms[name].surface, share.x, share.y)[point.label] as number);
      return [
        i + 1,
        point.x.toFixed(2),
        point.y.toFixed(2),
        classNames[point.label] as string,
        kinds[point.kind],
        ...given.map((value) => percent(value, 0)),
      ];
    }),
  };
}
