/** Swatches: the line and the marker that an arm has in the figures. */
import type { ArmName } from '@mixup/experiments';
import { armMarks } from '@mixup/experiments/plot';

/** Of the arms of the room. */
const markers: Partial<Record<(typeof armMarks)[ArmName]['symbol'], preact.JSX.Element>> = {
  circle: <circle cx="16" cy="7" r="4.2" />,
  square: <rect x="12.3" y="3.3" width="7.4" height="7.4" />,
  triangle: <path d="M16 2.2 20.8 10.6H11.2Z" />,
  diamond: <path d="M16 1.8 20 7 16 12.2 12 7Z" />,
};

export function ArmSwatch({ arm }: { readonly arm: ArmName }) {
  const { dash, symbol } = armMarks[arm];
  return (
    <svg class={`swatch swatch-${arm}`} viewBox="0 0 32 14" aria-hidden="true">
      <line x1="1" x2="31" y1="7" y2="7" stroke-dasharray={dash ?? undefined} />
      {markers[symbol]}
    </svg>
  );
}
