/** Points that were added by hand, as part of a link: "0.5,-1.25,1;2,0,0" is two points, of classes 1 and 0. */
import * as v from 'valibot';
import type { Field } from '../link/field.ts';

/** A point of the reader's own, in the units of the data. */
export interface AddedPoint {
  readonly x: number;
  readonly y: number;
  /** The id of its class, in [0, 3]. */
  readonly label: number;
}

/** More of them than this make an address that not every program takes. */
export const mostPoints = 60;

/** Points beyond this are out of sight. */
export const farthest = 20;

const onePoint = /^(-?\d{1,2}(?:\.\d{1,2})?),(-?\d{1,2}(?:\.\d{1,2})?),([0-3])$/;

function parsePoint(text: string): AddedPoint | undefined {
  const [, x, y, label] = onePoint.exec(text) ?? [];
  if (x === undefined || y === undefined || label === undefined) return undefined;
  // No -0.
  const point = { x: Number(x) + 0, y: Number(y) + 0, label: Number(label) };
  return Math.abs(point.x) <= farthest && Math.abs(point.y) <= farthest ? point : undefined;
}

/** Put a point where a link can keep it: on hundredths. */
export function toPoint(x: number, y: number, label: number): AddedPoint {
  const place = (value: number) => Math.round(Math.max(-farthest, Math.min(farthest, value)) * 100) / 100 + 0;
  return { x: place(x), y: place(y), label };
}

export const pointsField: Field<readonly AddedPoint[]> = {
  fallback: [],
  schema: v.pipe(
    v.string(),
    v.transform((text) => (text === '' ? [] : text.split(';', mostPoints + 1)).map(parsePoint)),
    v.check(
      (points) => points.length <= mostPoints && points.every(Boolean),
      `must be at most ${mostPoints} points "x,y,class" with semicolons between, x and y in [-${farthest}, ${farthest}] with two decimals at most`,
    ),
    v.transform((points) => points as AddedPoint[]),
  ),
  format: (points) => points.map(({ x, y, label }) => `${x},${y},${label}`).join(';'),
};
