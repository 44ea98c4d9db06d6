/** The mark of a class: a colour, and a shape for those who can't tell colours apart. */

/** As Observable Plot names them; ten, as many classes as a table may have. */
const symbols = [
  'circle',
  'square',
  'triangle',
  'diamond',
  'star',
  'plus',
  'hexagon',
  'wye',
  'times',
  'asterisk',
] as const;

export interface Mark {
  readonly symbol: (typeof symbols)[number];
  readonly colour: string;
  /** Those that are lines have no inside. */
  readonly filled: boolean;
}

export function markOf(label: number): Mark {
  const symbol = symbols[label % symbols.length] as (typeof symbols)[number];
  return { symbol, colour: `var(--class-${label % 4})`, filled: !['plus', 'times', 'asterisk'].includes(symbol) };
}

/** Of a radius of about 5, around 0. */
const paths: Readonly<Record<Mark['symbol'], string>> = {
  circle: 'M5,0A5,5,0,1,1,-5,0A5,5,0,1,1,5,0Z',
  square: 'M-4.4,-4.4H4.4V4.4H-4.4Z',
  triangle: 'M0,-6L5.2,3.6H-5.2Z',
  diamond: 'M0,-6.4L4.6,0L0,6.4L-4.6,0Z',
  star: 'M0,-6.4L1.5,-2L6.1,-2L2.4,.8L3.8,5.2L0,2.5L-3.8,5.2L-2.4,.8L-6.1,-2L-1.5,-2Z',
  plus: 'M-5.5,0H5.5M0,-5.5V5.5',
  hexagon: 'M0,-5.6L4.9,-2.8V2.8L0,5.6L-4.9,2.8V-2.8Z',
  wye: 'M-1.6,5.5V1L-5.4,-1.6L-3.8,-4.3L0,-1.8L3.8,-4.3L5.4,-1.6L1.6,1V5.5Z',
  times: 'M-4.2,-4.2L4.2,4.2M4.2,-4.2L-4.2,4.2',
  asterisk: 'M0,-5.5V5.5M-4.8,-2.75L4.8,2.75M4.8,-2.75L-4.8,2.75',
};

interface ClassMarkProps {
  readonly label: number;
  readonly x?: number;
  readonly y?: number;
}

/** The mark inside an SVG. */
export function ClassMark({ label, x = 0, y = 0 }: ClassMarkProps) {
  const { symbol, colour, filled } = markOf(label);
  return (
    <path
      d={paths[symbol]}
      transform={`translate(${x},${y})`}
      fill={filled ? colour : 'none'}
      stroke={filled ? 'none' : colour}
      stroke-width="2"
    />
  );
}

/** Which mark is which class. */
export function Legend({ classNames }: { readonly classNames: readonly string[] }) {
  return (
    <ul class="legend">
      {classNames.map((name, label) => (
        <li key={name}>
          <svg viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
            <ClassMark label={label} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
