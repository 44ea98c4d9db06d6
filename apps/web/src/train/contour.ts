/** Contours: where a field on a grid passes through zero, as line segments (marching squares). */

/** Ends of a segment, in grid steps from the upper left corner: x1, y1, x2, y2. */
export type Segment = readonly [number, number, number, number];

/**
 * Trace where a field changes sign.
 *
 * @param field [size * size], row by row; ends of segments lie where a line between two neighbours is zero
 */
export function traceZero(field: ArrayLike<number>, size: number): Segment[] {
  const segments: Segment[] = [];
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const at = row * size + column;
      const a = field[at] as number;
      const b = field[at + 1] as number;
      const c = field[at + size + 1] as number;
      const d = field[at + size] as number;
      const above = Number(a >= 0) + Number(b >= 0) + Number(c >= 0) + Number(d >= 0);
      if (above === 0 || above === 4) continue;
      const ends = crossings([a, b, c, d]).map(([x, y]) => [column + x, row + y] as const);
      // Two ends are a segment, four are a saddle: two segments.
      for (let i = 0; i + 1 < ends.length; i += 2) {
        const [[x1, y1], [x2, y2]] = [ends[i], ends[i + 1]] as [readonly [number, number], readonly [number, number]];
        segments.push([x1, y1, x2, y2]);
      }
    }
  }
  return segments;
}

/** The values at the corners of a cell, clockwise from the upper left one. */
type Corners = readonly [number, number, number, number];

/** Where the sides of a cell are crossed, clockwise from the upper one; of a saddle in the order that joins them. */
function crossings([a, b, c, d]: Corners): (readonly [number, number])[] {
  const isUp = (value: number) => value >= 0;
  const share = (from: number, to: number) => from / (from - to);
  const ends: (readonly [number, number])[] = [];
  if (isUp(a) !== isUp(b)) ends.push([share(a, b), 0]);
  if (isUp(b) !== isUp(c)) ends.push([1, share(b, c)]);
  if (isUp(d) !== isUp(c)) ends.push([share(d, c), 1]);
  if (isUp(a) !== isUp(d)) ends.push([0, share(a, d)]);
  // The middle of a saddle decides which two corners belong together.
  const isSaddle = ends.length === 4 && isUp(a + b + c + d) !== isUp(a);
  return isSaddle ? [...ends.slice(3), ...ends.slice(0, 3)] : ends;
}
