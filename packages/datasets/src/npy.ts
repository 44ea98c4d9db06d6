/** `.npy`: NumPy's file of one array, read and written. */
import { isNpyType, type NpyArray, type NpyData, type NpyType, npySizes } from './npy-array.ts';
import { formatNpyHead, type NpyHead, parseNpyHead } from './npy-head.ts';

/**
 * Parse a `.npy` file: format versions 1 to 3, either byte order, C or Fortran order.
 *
 * @param bytes of the whole file
 * @returns row-major data of its own memory; see `npyRows` and `npyLabels` for what to make of it
 * @throws RangeError for what is no such file, is shorter or longer than its header says, or has a type that is none of
 *   f4, f8, i4, i8, u1, b1
 * @example
 * const { dtype, data, shape } = parseNpy(bytes); // 'f8', Float64Array, [150, 4]
 * @see NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays"
 */
export function parseNpy(bytes: Uint8Array): NpyArray {
  const { descr, isFortran, shape, length: head } = parseNpyHead(bytes);
  const dtype = descr.slice(1);
  const order = descr[0] as string;
  if (!'<>|='.includes(order) || !isNpyType(dtype)) {
    throw new RangeError(`parseNpy: dtype must be one of ${Object.keys(npySizes).join(', ')}, got ${descr}`);
  }
  const size = npySizes[dtype];
  const count = shape.reduce((product, n) => product * n, 1);
  const rest = bytes.length - head;
  if (rest !== count * size) {
    const how = rest < count * size ? 'the file is cut short' : 'the file has something after its end';
    throw new RangeError(
      `parseNpy: ${dtype} of shape [${shape.join(', ')}] must have ${count * size} bytes of data, got ${rest}: ${how}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + head, rest);
  const data = readers[dtype](view, count, order !== '>');
  const rowMajor = isFortran && shape.length > 1 ? toRowMajor(data, shape) : data;
  return { dtype, data: rowMajor, shape } as NpyArray;
}

/**
 * Format an array as a `.npy` file: byte for byte what `numpy.save` writes for an array in C order.
 *
 * @param array of `parseNpy`, or rows: the type is then that of `data`, where `dtype` does not say `b1`
 * @throws TypeError when `data` is of another type
 * @throws RangeError when the shape does not fit the data, or a `b1` is neither 0 nor 1
 * @example
 * writeFileSync('features.npy', formatNpy(dataset.features));
 */
export function formatNpy(array: {
  readonly dtype?: NpyType;
  readonly data: NpyData[NpyType];
  readonly shape: readonly number[];
}): Uint8Array {
  const { data, shape } = array;
  const dtype = checkType(array.dtype, data);
  if (
    !shape.every((n) => Number.isInteger(n) && n >= 0) ||
    shape.reduce((product, n) => product * n, 1) !== data.length
  ) {
    throw new RangeError(`formatNpy: shape [${shape.join(', ')}] must hold ${data.length} values`);
  }
  const wrong = dtype === 'b1' ? (data as Uint8Array).findIndex((value) => value > 1) : -1;
  if (wrong >= 0) throw new RangeError(`formatNpy: every b1 must be 0 or 1, got ${data[wrong]} at ${wrong}`);

  const size = npySizes[dtype];
  const head = formatNpyHead({ descr: `${size === 1 ? '|' : '<'}${dtype}`, isFortran: false, shape });
  const bytes = new Uint8Array(head.length + data.length * size);
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  const write = writers[dtype];
  for (let i = 0; i < data.length; i++) write(view, i * size, data[i] as never);
  return bytes;
}

/** Value by value, since a file may be of the other byte order, and its data need not lie at a multiple of 8. */
const readers: { readonly [T in NpyType]: (view: DataView, count: number, little: boolean) => NpyData[T] } = {
  f4: (view, length, little) => Float32Array.from({ length }, (_, i) => view.getFloat32(4 * i, little)),
  f8: (view, length, little) => Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i, little)),
  i4: (view, length, little) => Int32Array.from({ length }, (_, i) => view.getInt32(4 * i, little)),
  i8: (view, length, little) => BigInt64Array.from({ length }, (_, i) => view.getBigInt64(8 * i, little)),
  u1: (view, length) => Uint8Array.from({ length }, (_, i) => view.getUint8(i)),
  b1: (view, length) => Uint8Array.from({ length }, (_, i) => readBool(view.getUint8(i), i)),
};

function readBool(value: number, at: number): number {
  if (value > 1) throw new RangeError(`parseNpy: every b1 must be 0 or 1, got ${value} at ${at}`);
  return value;
}

const writers: { readonly [T in NpyType]: (view: DataView, at: number, value: NpyData[T][number]) => void } = {
  f4: (view, at, value) => view.setFloat32(at, value, true),
  f8: (view, at, value) => view.setFloat64(at, value, true),
  i4: (view, at, value) => view.setInt32(at, value, true),
  i8: (view, at, value) => view.setBigInt64(at, value, true),
  u1: (view, at, value) => view.setUint8(at, value),
  b1: (view, at, value) => view.setUint8(at, value),
};

function checkType(dtype: NpyType | undefined, data: NpyData[NpyType]): NpyType {
  const own = typeOf(data);
  if (own === undefined || (dtype !== undefined && dtype !== own && !(dtype === 'b1' && own === 'u1'))) {
    const rule = 'a Float32Array, Float64Array, Int32Array, BigInt64Array or Uint8Array';
    throw new TypeError(`formatNpy: data must be ${rule} that fits its dtype, got dtype ${dtype}`);
  }
  return dtype ?? own;
}

function typeOf(data: unknown): NpyType | undefined {
  if (data instanceof Float32Array) return 'f4';
  if (data instanceof Float64Array) return 'f8';
  if (data instanceof Int32Array) return 'i4';
  if (data instanceof BigInt64Array) return 'i8';
  return data instanceof Uint8Array ? 'u1' : undefined;
}

/** From Fortran order, where the first axis runs fastest. */
function toRowMajor<T extends NpyData[NpyType]>(data: T, shape: NpyHead['shape']): T {
  const result = data.slice() as T;
  const place = shape.map(() => 0);
  // The distance in the file between neighbours along each axis.
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, n) => product * n, 1));
  for (let i = 0, from = 0; i < data.length; i++) {
    result[i] = data[from] as never;
    // The last axis moves on, and where it is through, the one before it.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis] as number;
      place[axis] = (place[axis] as number) + 1;
      if ((place[axis] as number) < (shape[axis] as number)) break;
      from -= (shape[axis] as number) * (strides[axis] as number);
      place[axis] = 0;
    }
  }
  return result;
}
