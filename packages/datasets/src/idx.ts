/** IDX: the format of MNIST, Fashion-MNIST and their kin. */
import { checkBytes } from './check-bytes.ts';

/** What an IDX file holds. */
export interface IdxArray {
  /** Row-major, in the type that the file names. */
  readonly data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
  /** [rows, ...item], for instance [60000, 28, 28] or [60000] */
  readonly shape: readonly [rows: number, ...item: number[]];
}

/** Values by the type's code, each with its size in bytes; all are big-endian. */
const kinds: ReadonlyMap<
  number,
  { size: number; read: (view: DataView, at: number, length: number) => IdxArray['data'] }
> = new Map([
  [0x08, { size: 1, read: (view, at, n) => new Uint8Array(view.buffer, view.byteOffset + at, n).slice() }],
  [0x09, { size: 1, read: (view, at, n) => new Int8Array(view.buffer, view.byteOffset + at, n).slice() }],
  [0x0b, { size: 2, read: (view, at, n) => Int16Array.from({ length: n }, (_, i) => view.getInt16(at + 2 * i)) }],
  [0x0c, { size: 4, read: (view, at, n) => Int32Array.from({ length: n }, (_, i) => view.getInt32(at + 4 * i)) }],
  [0x0d, { size: 4, read: (view, at, n) => Float32Array.from({ length: n }, (_, i) => view.getFloat32(at + 4 * i)) }],
  [0x0e, { size: 8, read: (view, at, n) => Float64Array.from({ length: n }, (_, i) => view.getFloat64(at + 8 * i)) }],
]);

/**
 * Parse an IDX file, such as MNIST's `train-images-idx3-ubyte` and `train-labels-idx1-ubyte`.
 *
 * @param bytes of the whole file, unpacked: a file that ends in `.gz` is to be gunzipped first
 * @throws TypeError when `bytes` are no Uint8Array
 * @throws RangeError for what is no IDX file, and for a file that is shorter or longer than its header says
 * @example
 * const { data, shape } = parseIdx(bytes); // Uint8Array of 47040000 values, [60000, 28, 28]
 * @see LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section "File formats"
 */
export function parseIdx(bytes: Uint8Array): IdxArray {
  checkBytes(bytes, 'parseIdx');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new RangeError('parseIdx: bytes must be an unpacked IDX file, got gzip; gunzip it first');
  }
  const kind = kinds.get(bytes[2] ?? -1);
  const axes = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || !kind || axes === 0) {
    throw new RangeError(
      `parseIdx: bytes must be an IDX file, got one that begins with [${[...bytes.subarray(0, 4)]}]`,
    );
  }
  const head = 4 + 4 * axes;
  if (bytes.length < head) {
    throw new RangeError(
      `parseIdx: bytes must hold a header of ${head} bytes, got ${bytes.length}: the file is cut short`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [rows, ...item] = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis)) as [number];
  const shape = [rows, ...item] as const;
  const length = shape.reduce((product, n) => product * n, 1);
  const expected = head + length * kind.size;
  if (bytes.length !== expected) {
    const how = bytes.length < expected ? 'is cut short' : 'has something after its end';
    throw new RangeError(
      `parseIdx: bytes must be ${expected} for shape [${shape.join(', ')}], got ${bytes.length}: the file ${how}`,
    );
  }
  return { data: kind.read(view, head, length), shape };
}
