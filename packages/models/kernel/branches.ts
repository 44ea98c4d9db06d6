/**
 * Mixing at a hidden layer. Below it, a batch is two branches: the rows of `index`, then those of `partner`. Its outputs are
 * mixed into buffers of their own, which take the place of the layer's until its errors have been shared out.
 *
 * @see Verma et al., "Manifold Mixup: Better Representations by Interpolating Hidden States", 2019
 */
import { ERRORS, MIXED_ERRORS, MIXED_OUTPUT, OUTPUT, STRIDE, UNITS } from '../src/wasm/descriptor';

/** Mix what a layer gave for 2 * rows rows, and put the result in its place. */
export function mixBranches(network: usize, record: usize, lambda: usize, first: i32, rows: i32): void {
  const stride = load<usize>(record, STRIDE);
  const bytes = rowBytes(record);
  let a = load<usize>(record, OUTPUT);
  let b = a + <usize>rows * stride;
  let target = load<usize>(network, MIXED_OUTPUT);
  for (let row = first; row < first + rows; row++, a += stride, b += stride, target += stride) {
    const weight = load<f64>(lambda + ((<usize>row) << 3));
    const own = f32x4.splat(<f32>weight);
    const other = f32x4.splat(<f32>(1 - weight));
    for (let i: usize = 0; i < bytes; i += 16) {
      const mixed = f32x4.add(f32x4.mul(own, v128.load(a + i)), f32x4.mul(other, v128.load(b + i)));
      v128.store(target + i, mixed);
    }
  }
  exchange(network, record);
}

/** Give the layer its 2 * rows rows back, and share out the errors of the mixed ones to both branches. */
export function partBranches(network: usize, record: usize, lambda: usize, first: i32, rows: i32): void {
  exchange(network, record);
  const stride = load<usize>(record, STRIDE);
  const bytes = rowBytes(record);
  let source = load<usize>(network, MIXED_ERRORS);
  let a = load<usize>(record, ERRORS);
  let b = a + <usize>rows * stride;
  for (let row = first; row < first + rows; row++, a += stride, b += stride, source += stride) {
    const weight = load<f64>(lambda + ((<usize>row) << 3));
    const own = f32x4.splat(<f32>weight);
    const other = f32x4.splat(<f32>(1 - weight));
    for (let i: usize = 0; i < bytes; i += 16) {
      const error = v128.load(source + i);
      v128.store(a + i, f32x4.mul(own, error));
      v128.store(b + i, f32x4.mul(other, error));
    }
  }
}

function exchange(network: usize, record: usize): void {
  const output = load<usize>(record, OUTPUT);
  const errors = load<usize>(record, ERRORS);
  store<usize>(record, load<usize>(network, MIXED_OUTPUT), OUTPUT);
  store<usize>(record, load<usize>(network, MIXED_ERRORS), ERRORS);
  store<usize>(network, output, MIXED_OUTPUT);
  store<usize>(network, errors, MIXED_ERRORS);
}

function rowBytes(record: usize): usize {
  return (<usize>((load<i32>(record, UNITS) + 3) & ~3)) << 2;
}
