/** One digit, or a blend of two, pixel by pixel. */
interface DigitProps {
  /** [64], each in [0, 1] */
  readonly pixels: ArrayLike<number>;
  /** What is to be seen, in words. */
  readonly label: string;
  readonly caption: string;
}

export function Digit({ pixels, label, caption }: DigitProps) {
  return (
    <figure class="digit">
      <svg viewBox="0 0 8 8" role="img" aria-label={label} shape-rendering="crispEdges">
        {Array.from(pixels, (value, i) => (
          <rect key={i} x={i % 8} y={Math.floor(i / 8)} width="1" height="1" fill-opacity={value.toFixed(3)} />
        ))}
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
