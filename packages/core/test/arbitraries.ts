/** What the property tests draw: rows, and plans that fit them. */
import type { MixPlan, Rows } from '../src/index.ts';
import { fc } from './fast-check.ts';

export interface RowsOptions {
  readonly float?: 32 | 64;
  /** Also NaN and infinities. */
  readonly wild?: boolean;
}

/** Rows of rank 1 to 3, 1 to 8 of them. */
export function rowsOf({ float, wild = false }: RowsOptions = {}): fc.Arbitrary<Rows> {
  const item = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 });
  const kind = float ? fc.constant(float) : fc.constantFrom(32 as const, 64 as const);
  return fc.tuple(fc.integer({ min: 1, max: 8 }), item, kind).chain(([rows, shape, bits]) => {
    const length = shape.reduce((product, n) => product * n, rows);
    const limits = wild ? {} : { min: -1e6, max: 1e6, noNaN: true };
    const value = bits === 32 ? fc.float(limits) : fc.double(limits);
    return fc.array(value, { minLength: length, maxLength: length }).map((values) => ({
      data: bits === 32 ? Float32Array.from(values) : Float64Array.from(values),
      shape: [rows, ...shape] as const,
    }));
  });
}

/** A plan for so many rows, its weights from `lambda`. */
export function planOf(
  rows: number,
  lambda: fc.Arbitrary<number> = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
): fc.Arbitrary<MixPlan> {
  const row = fc.nat(rows - 1);
  return fc.array(fc.tuple(row, row, lambda), { maxLength: 12 }).map((triples) => ({
    index: Int32Array.from(triples, ([first]) => first),
    partner: Int32Array.from(triples, ([, second]) => second),
    lambda: Float64Array.from(triples, ([, , weight]) => weight),
  }));
}

export function rowsAndPlan(options?: RowsOptions, lambda?: fc.Arbitrary<number>): fc.Arbitrary<[Rows, MixPlan]> {
  return rowsOf(options).chain((x) => fc.tuple(fc.constant(x), planOf(x.shape[0], lambda)));
}
