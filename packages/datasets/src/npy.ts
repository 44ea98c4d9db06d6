/** `.npy`: NumPy's file of one array, read and written. */
import { checkBytes } from './check-bytes.ts';
import { float16Bits, float16FromBits } from './float16.ts';
import { isNpyType, type NpyArray, type NpyData, type NpyType, npySizes } from './npy-array.ts';
import { formatNpyHead, type NpyHead, parseNpyHead } from './npy-head.ts';

/**
 * Parse a `.npy` file: format versions 1 to 3, either byte order, C or Fortran order.
 *
 * @param bytes of the whole file
 * @returns row-major data of its own memory; see `npyRows` and `npyLabels` for what to make of it
 * @throws TypeError when `bytes` are no Uint8Array
 * @throws RangeError for what is no such file, is shorter or longer than its header says, or has a type that is none of
 *   f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1
 * @example
 * const { dtype, data, shape } = parseNpy(bytes); // 'f8', Float64Array, [150, 4]
 * @see NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays"
 */
export function parseNpy(bytes: Uint8Array): NpyArray {
  checkBytes(bytes, 'parseNpy');
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
 * @param array of `parseNpy`, or rows: the type is then that of `data`, where `dtype` does not say `b1` or `f2`
 * @throws TypeError when `data` is of another type
 * @throws RangeError when the shape does not fit the data, a `b1` is neither 0 nor 1, or an `f2` no half-precision number
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
  checkValues(dtype, data);

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
  f2: (view, length, little) => Float32Array.from({ length }, (_, i) => float16FromBits(view.getUint16(2 * i, little))),
  f4: (view, length, little) => Float32Array.from({ length }, (_, i) => view.getFloat32(4 * i, little)),
  f8: (view, length, little) => Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i, little)),
  i1: (view, length) => Int8Array.from({ length }, (_, i) => view.getInt8(i)),
  i2: (view, length, little) => Int16Array.from({ length }, (_, i) => view.getInt16(2 * i, little)),
  i4: (view, length, little) => Int32Array.from({ length }, (_, i) => view.getInt32(4 * i, little)),
  i8: (view, length, little) => BigInt64Array.from({ length }, (_, i) => view.getBigInt64(8 * i, little)),
  u1: (view, length) => Uint8Array.from({ length }, (_, i) => view.getUint8(i)),
  u2: (view, length, little) => Uint16Array.from({ length }, (_, i) => view.getUint16(2 * i, little)),
  u4: (view, length, little) => Uint32Array.from({ length }, (_, i) => view.getUint32(4 * i, little)),
  u8: (view, length, little) => BigUint64Array.from({ length }, (_, i) => view.getBigUint64(8 * i, little)),
  b1: (view, length) => Uint8Array.from({ length }, (_, i) => readBool(view.getUint8(i), i)),
};

function readBool(value: number, at: number): number {
  if (value > 1) throw new RangeError(`parseNpy: every b1 must be 0 or 1, got ${value} at ${at}`);
  return value;
}

const writers: { readonly [T in NpyType]: (view: DataView, at: number, value: NpyData[T][number]) => void } = {
  f2: (view, at, value) => view.setUint16(at, float16Bits(value) as number, true),
  f4: (view, at, value) => view.setFloat32(at, value, true),
  f8: (view, at, value) => view.setFloat64(at, value, true),
  i1: (view, at, value) => view.setInt8(at, value),
  i2: (view, at, value) => view.setInt16(at, value, true),
  i4: (view, at, value) => view.setInt32(at, value, true),
  i8: (view, at, value) => view.setBigInt64(at, value, true),
  u1: (view, at, value) => view.setUint8(at, value),
  u2: (view, at, value) => view.setUint16(at, value, true),
  u4: (view, at, value) => view.setUint32(at, value, true),
  u8: (view, at, value) => view.setBigUint64(at, value, true),
  b1: (view, at, value) => view.setUint8(at, value),
};

/** The types of a typed array, its own one first. */
const typesOf: readonly (readonly [abstract new () => NpyData[NpyType], ...NpyType[]])[] = [
  [Float32Array, 'f4', 'f2'],
  [Float64Array, 'f8'],
  [Int8Array, 'i1'],
  [Int16Array, 'i2'],
  [Int32Array, 'i4'],
  [BigInt64Array, 'i8'],
  [Uint8Array, 'u1', 'b1'],
  [Uint16Array, 'u2'],
  [Uint32Array, 'u4'],
  [BigUint64Array, 'u8'],
];

function checkType(dtype: NpyType | undefined, data: NpyData[NpyType]): NpyType {
  const types: readonly NpyType[] = (typesOf.find(([Type]) => data instanceof Type)?.slice(1) as NpyType[]) ?? [];
  const type = dtype ?? types[0];
  if (type === undefined || !types.includes(type)) {
    const rule = typesOf.map(([Type, ...names]) => `${Type.name} (${names.join(', ')})`).join(', ');
    throw new TypeError(`formatNpy: data must be one of ${rule}, got ${describe(data)} with dtype ${dtype}`);
  }
  return type;
}

function describe(data: unknown): string {
  return ArrayBuffer.isView(data) ? data.constructor.name : typeof data;
}

function checkValues(dtype: NpyType, data: NpyData[NpyType]): void {
  if (dtype === 'b1') {
    const wrong = (data as Uint8Array).findIndex((value) => value > 1);
    if (wrong >= 0) throw new RangeError(`formatNpy: every b1 must be 0 or 1, got ${data[wrong]} at ${wrong}`);
  }
  if (dtype === 'f2') {
    const wrong = (data as Float32Array).findIndex((value) => float16Bits(value) === undefined);
    if (wrong >= 0) throw new RangeError(`formatNpy: every f2 must be a float16, got ${data[wrong]} at ${wrong}`);
  }
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
