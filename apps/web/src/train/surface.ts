/** Surfaces: what a network says of every place of the plane, as a picture. */
import { type Segment, traceZero } from './contour.ts';
import { sureFrom, surfaceSize } from './frame.ts';
import type { Palette } from './palette.ts';

/** How strong a class's colour is where a network is sure of it. */
const strongest = 0.5;

/**
 * Colour the places of a surface: each class by its probability, and the paler, the less sure the network is.
 *
 * @param probabilities [surfaceSize * surfaceSize, classes]
 */
export function colourSurface(probabilities: Float32Array, palette: Palette): ImageData {
  const image = new ImageData(surfaceSize, surfaceSize);
  const classes = probabilities.length / surfaceSize ** 2;
  for (let at = 0; at < surfaceSize ** 2; at++) {
    const first = at * classes;
    const sureness = (greatest(probabilities, first, first + classes) - 1 / classes) / (1 - 1 / classes);
    const strength = strongest * sureness;
    for (let channel = 0; channel < 3; channel++) {
      let mixed = 0;
      for (let id = 0; id < classes; id++) {
        mixed += (probabilities[first + id] as number) * (palette.classes[id]?.[channel] as number);
      }
      image.data[4 * at + channel] = (1 - strength) * (palette.paper[channel] as number) + strength * mixed;
    }
    image.data[4 * at + 3] = 255;
  }
  return image;
}

/** Where the most probable class is another one. */
export function traceBorders(probabilities: Float32Array): Segment[] {
  const classes = probabilities.length / surfaceSize ** 2;
  // Of two classes the one border is that of either.
  const ids = Array.from({ length: classes === 2 ? 1 : classes }, (_, id) => id);
  return ids.flatMap((id) => {
    const lead = new Float64Array(surfaceSize ** 2);
    for (let at = 0; at < lead.length; at++) {
      const first = at * classes;
      const others = Math.max(
        greatest(probabilities, first, first + id),
        greatest(probabilities, first + id + 1, first + classes),
      );
      lead[at] = (probabilities[first + id] as number) - others;
    }
    return traceZero(lead, surfaceSize);
  });
}

/** Where a network begins to be sure. */
export function traceSure(probabilities: Float32Array): Segment[] {
  const classes = probabilities.length / surfaceSize ** 2;
  const beyond = new Float64Array(surfaceSize ** 2);
  for (let at = 0; at < beyond.length; at++) {
    beyond[at] = greatest(probabilities, at * classes, (at + 1) * classes) - sureFrom;
  }
  return traceZero(beyond, surfaceSize);
}

/** The greatest of the probabilities from one place to another, 0 where there are none. */
function greatest(probabilities: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; i++) most = Math.max(most, probabilities[i] as number);
  return most;
}

/**
 * Read a surface at a place, between the four places around it.
 *
 * @param across from the left, in [0, 1]
 * @param down from above, in [0, 1]
 * @returns [classes], probabilities
 */
export function readSurface(probabilities: Float32Array, across: number, down: number): number[] {
  const classes = probabilities.length / surfaceSize ** 2;
  const last = surfaceSize - 1;
  const [x, y] = [across, down].map((share) => Math.max(0, Math.min(1, share)) * last) as [number, number];
  const [column, row] = [Math.min(last - 1, Math.floor(x)), Math.min(last - 1, Math.floor(y))];
  const [right, below] = [x - column, y - row];
  return Array.from({ length: classes }, (_, id) => {
    const at = (dx: number, dy: number) =>
      probabilities[((row + dy) * surfaceSize + column + dx) * classes + id] as number;
    return (
      (1 - below) * ((1 - right) * at(0, 0) + right * at(1, 0)) + below * ((1 - right) * at(0, 1) + right * at(1, 1))
    );
  });
}
