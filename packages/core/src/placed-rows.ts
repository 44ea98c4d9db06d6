/** Placed rows: rows in the memory of a WebAssembly SIMD kernel, where mixing them is about as fast as copying them. */

import { BLEND_BASE64 } from './blend.generated.ts';
import { checkOptions } from './check-options.ts';
import { type Blend, placedBuffers } from './placed-buffers.ts';
import { checkShape, type FloatArray, itemSize, type Rows, type UncheckedRows } from './rows.ts';

/** Neither the ES library nor Node's types declare it. */
interface WebAssemblyApi {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

/** Rows and a place for their mixtures. */
export interface PlacedRows<T extends FloatArray = FloatArray> {
  /** A copy of the rows. */
  readonly x: Rows<T>;
  /** Rows of shape [batch, ...item], zeros at first: the `out` of `mixRows`. */
  readonly out: Rows<T>;
}

/**
 * Copy rows to where WebAssembly can reach them, with a place for a batch of their mixtures.
 *
 * `mixRows(placed.x, plan, { out: placed.out })` gives the bits that it gives elsewhere, in half the time. Place a
 * training set once, mix it all day. The memory is given back when neither array is referenced any more. Where there is
 * no WebAssembly SIMD, both are in common memory, and nothing changes but the speed.
 *
 * @param x rows of shape [rows, ...item]; never changed
 * @param options.batch rows that `out` holds, an integer >= 0; default as many as `x`
 * @throws RangeError when `batch` is no such integer, or both take more than 4 GiB
 * @example
 * const { x, out } = placeRows({ data: pixels, shape: [60000, 784] }, { batch: 4096 });
 * mixRows(x, plan, { out });
 */
export function placeRows<T extends FloatArray>(
  x: UncheckedRows<T>,
  options: { readonly batch?: number } = {},
): PlacedRows<T> {
  checkShape(x, 'placeRows: x');
  checkOptions(options, ['batch'], 'placeRows');
  const [rows, ...item] = x.shape;
  const { batch = rows } = options;
  if (!(Number.isInteger(batch) && batch >= 0)) {
    throw new RangeError(`placeRows: batch must be an integer >= 0, got ${batch}`);
  }
  // Both begin at whole registers.
  const outAt = Math.ceil(x.data.byteLength / 16) * 16;
  const outLength = batch * itemSize(x);
  const bytes = outAt + outLength * x.data.BYTES_PER_ELEMENT;
  if (bytes > 2 ** 32) throw new RangeError(`placeRows: x and out must fit into 4 GiB, got ${bytes} bytes`);
  const buffer = createKernelMemory(bytes) ?? new ArrayBuffer(bytes);
  const View = x.data.constructor as new (buffer: ArrayBuffer, at: number, length: number) => T;
  const data = new View(buffer, 0, x.data.length);
  data.set(x.data);
  return {
    x: { data, shape: [rows, ...item] },
    out: { data: new View(buffer, outAt, outLength), shape: [batch, ...item] },
  };
}

/** @returns the memory of a kernel of its own, which `mixRows` will know by it; undefined where there can be none */
function createKernelMemory(bytes: number): ArrayBuffer | undefined {
  const { WebAssembly } = globalThis as { WebAssembly?: WebAssemblyApi };
  if (!WebAssembly) return undefined;
  const pages = Math.max(1, Math.ceil(bytes / 65536));
  let memory: { readonly buffer: ArrayBuffer };
  let blend: Blend;
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(BLEND_BASE64), (letter) => letter.charCodeAt(0)));
    // It never grows, so that its buffer is the same for ever.
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    blend = new WebAssembly.Instance(module, { env: { memory } }).exports as Blend;
  } catch {
    // No SIMD, or a page's policy forbids WebAssembly: the loop in JavaScript gives the same bits.
    return undefined;
  }
  placedBuffers().set(memory.buffer, blend);
  return memory.buffer;
}
