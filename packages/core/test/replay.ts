/** A source that draws what another program drew: Beta variates, an order, and places on a grid. */
import type { RandomSource } from '../src/index.ts';

export interface Replayed {
  /** Given out one after the other. */
  readonly betas: readonly number[];
  /** What shuffling 0, 1, … gave; without it shuffling is an error. */
  readonly order?: readonly number[] | null;
  /** What the source itself gives out, one after the other. */
  readonly uniforms?: readonly number[];
}

export function replay({ betas, order, uniforms = [] }: Replayed): RandomSource & { left(): number } {
  const [beta, uniform] = [betas.values(), uniforms.values()];
  let left = betas.length + uniforms.length;
  const next = (values: Iterator<number>) => {
    const { value, done } = values.next();
    if (done) throw new Error('replay: more was drawn than the other program drew');
    left--;
    return value;
  };
  const source = Object.assign(() => next(uniform), {
    beta: (_a: number, _b: number, size?: number) =>
      size === undefined ? next(beta) : Float64Array.from({ length: size }, () => next(beta)),
    shuffle: <T extends { [i: number]: unknown; length: number; slice(): T }>(array: T) => {
      if (order?.length !== array.length) throw new Error('replay: the other program shuffled nothing of this length');
      const before = array.slice();
      for (const [i, from] of order.entries()) array[i] = before[from];
      return array;
    },
    /** How much of what was drawn is still to come. */
    left: () => left,
  });
  return source as unknown as RandomSource & { left(): number };
}
