/** A canvas of Braille dots, two to a character across and four down, each character in the colour of its last layer. */

export interface Canvas {
  /** In dots: twice the characters across. */
  readonly width: number;
  /** In dots: four times the characters down. */
  readonly height: number;
  /** Put a dot, (0, 0) top left; outside of the canvas nothing happens. */
  dot(x: number, y: number, layer: number): void;
  /** Draw, with the characters of one layer painted together. */
  lines(paint: (text: string, layer: number) => string): string[];
}

// Bits of U+2800 … U+28FF by dot: the first three rows came first, the fourth was added to the code later.
const bits = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/**
 * Create a canvas.
 *
 * @param columns characters across, >= 1
 * @param rows characters down, >= 1
 */
export function createCanvas(columns: number, rows: number): Canvas {
  const cells = new Uint8Array(columns * rows);
  const layers = new Int8Array(columns * rows).fill(-1);
  const width = columns * 2;
  const height = rows * 4;
  return {
    width,
    height,
    dot: (x, y, layer) => {
      if (!(x >= 0 && x < width && y >= 0 && y < height)) return;
      const cell = (y >> 2) * columns + (x >> 1);
      cells[cell] = (cells[cell] as number) | (bits[y & 3]?.[x & 1] as number);
      layers[cell] = layer;
    },
    lines: (paint) =>
      Array.from({ length: rows }, (_, row) => {
        let line = '';
        for (let from = row * columns, end = from + columns; from < end; ) {
          let to = from;
          while (to < end && layers[to] === layers[from]) to++;
          const text = Array.from(cells.subarray(from, to), character).join('');
          const layer = layers[from] as number;
          line += layer < 0 ? text : paint(text, layer);
          from = to;
        }
        return line;
      }),
  };
}

/** A space for no dots: the empty Braille character shows as rings in some fonts. */
function character(cell: number): string {
  return cell === 0 ? ' ' : String.fromCharCode(0x2800 + cell);
}
