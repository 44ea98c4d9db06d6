/** The elementary functions over arrays: what test/elementary.test.ts compiles and holds to their error bounds. */
import { exp, log, tanh } from './elementary';

/** @param values [n] float32, n a multiple of 4, changed in place */
export function expAll(values: usize, n: i32): void {
  for (const end = values + ((<usize>n) << 2); values < end; values += 16) v128.store(values, exp(v128.load(values)));
}

/** @param values [n] float32, n a multiple of 4, changed in place */
export function tanhAll(values: usize, n: i32): void {
  for (const end = values + ((<usize>n) << 2); values < end; values += 16) v128.store(values, tanh(v128.load(values)));
}

/** @param values [n] float64, changed in place */
export function logAll(values: usize, n: i32): void {
  for (const end = values + ((<usize>n) << 3); values < end; values += 8) store<f64>(values, log(load<f64>(values)));
}
