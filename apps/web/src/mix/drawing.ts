/** Drawings: 8 x 8 pixels of ink, 0 to 16 as those of Digits, and how a link writes them. */
import * as v from 'valibot';
import type { Field } from '../link/field.ts';

/** Pixels across, and down. */
export const side = 8;

/** The most ink of a pixel. */
export const fullInk = 16;

/** [64], each an integer in [0, 16], row by row; empty where nothing is drawn. */
export type Drawing = readonly number[];

const written = /^[0-9a-g]{64}$/;

/** One digit in base 17 for each pixel. */
export const drawingField: Field<Drawing> = {
  fallback: [],
  schema: v.pipe(
    v.string(),
    v.check(
      (text) => text === '' || written.test(text),
      'must be 64 of the signs 0 to 9 and a to g, one for each pixel',
    ),
    v.transform((text) => cleaned(Array.from(text, (sign) => Number.parseInt(sign, 17)))),
  ),
  format: (drawing) => drawing.map((ink) => ink.toString(17)).join(''),
};

/** The pixels of a drawing, whether or not there is one. */
export function pixelsOf(drawing: Drawing): number[] {
  return Array.from({ length: side * side }, (_, i) => drawing[i] ?? 0);
}

/** Set one pixel. */
export function setPixel(drawing: Drawing, at: number, ink: number): Drawing {
  return cleaned(pixelsOf(drawing).map((old, i) => (i === at ? Math.max(0, Math.min(fullInk, ink)) : old)));
}

/** Draw with a pen: full ink under it, and some on the pixels beside it, as a scan has them. */
export function dab(drawing: Drawing, at: number): Drawing {
  const [x, y] = [at % side, Math.floor(at / side)];
  return cleaned(
    pixelsOf(drawing).map((ink, i) => {
      const steps = Math.abs((i % side) - x) + Math.abs(Math.floor(i / side) - y);
      return Math.max(ink, steps === 0 ? fullInk : steps === 1 ? 5 : 0);
    }),
  );
}

/** Without any ink it is no drawing. */
function cleaned(pixels: number[]): Drawing {
  return pixels.some((ink) => ink > 0) ? pixels : [];
}
