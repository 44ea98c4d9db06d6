/** Sliders: a value between two ends, or one of a list. The figure is beside the label. */
import { useId } from 'preact/hooks';
import type { Change } from '../link/history.ts';

interface Shared {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number, how: Change) => void;
  /** How the value reads; by default as it is. */
  readonly format?: (value: number) => string;
  /** A line below. */
  readonly hint?: string;
  readonly disabled?: boolean;
}

type Scale =
  | { readonly min: number; readonly max: number; readonly step: number; readonly stops?: never }
  /** In ascending order, at even distances on the slider: for scales that are not even. */
  | { readonly stops: readonly number[]; readonly min?: never; readonly max?: never; readonly step?: never };

export function Slider({ label, value, onChange, format = String, hint, disabled, ...scale }: Shared & Scale) {
  const id = useId();
  const { stops } = scale;
  const position = stops ? nearest(stops, value) : value;
  const read = (event: Event) => {
    const at = Number((event.currentTarget as HTMLInputElement).value);
    return stops ? (stops[at] as number) : at;
  };
  return (
    <div class="control">
      <div class="control-head">
        <label for={id}>{label}</label>
        <output for={id}>{format(value)}</output>
      </div>
      <input
        id={id}
        type="range"
        class="slider"
        min={stops ? 0 : scale.min}
        max={stops ? stops.length - 1 : scale.max}
        step={stops ? 1 : scale.step}
        value={position}
        disabled={disabled}
        aria-valuetext={format(value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={(event) => onChange(read(event), 'drag')}
        onChange={(event) => onChange(read(event), 'commit')}
      />
      {hint !== undefined && (
        <p class="control-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** The place of the stop that is nearest to a value. */
function nearest(stops: readonly number[], value: number): number {
  const distances = stops.map((stop) => Math.abs(stop - value));
  return distances.indexOf(Math.min(...distances));
}
