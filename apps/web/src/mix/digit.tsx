/** One digit, or a blend of two, pixel by pixel. */
import type { ComponentChildren } from 'preact';
import { fullInk, side } from './drawing.ts';

interface DigitProps {
  /** [64], each in [0, 16]: white to ink, row by row */
  readonly pixels: ArrayLike<number>;
  /** What is to be seen, in words. */
  readonly label: string;
  readonly caption: ComponentChildren;
}

export function Digit({ pixels, label, caption }: DigitProps) {
  return (
    <figure class="digit">
      <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
        {Array.from(pixels, (value, i) =>
          value > 0 ? (
            <rect
              key={i}
              x={i % side}
              y={Math.floor(i / side)}
              width="1"
              height="1"
              fill-opacity={(value / fullInk).toFixed(3)}
            />
          ) : null,
        )}
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
