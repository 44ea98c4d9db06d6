/** CIFAR-10: its binary version, whose records are a class and an image of 32 x 32 pixels in three colours. */
import { checkBytes } from './check-bytes.ts';

/** Images and their classes. */
export interface Cifar10 {
  /** Each in 0 … 255, channels last: red, green, blue. */
  readonly images: {
    readonly data: Uint8Array;
    readonly shape: readonly [rows: number, height: 32, width: 32, channels: 3];
  };
  /** [rows], each the place of a name in `cifar10ClassNames` */
  readonly labels: Int32Array;
}

/** The classes in the order of their ids. */
export const cifar10ClassNames = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

const pixels = 32 * 32;
const record = 1 + 3 * pixels;

/**
 * Parse a file of CIFAR-10's binary version, such as `data_batch_1.bin`.
 *
 * The file has one plane for each colour; the result has the colours of a pixel side by side, as TensorFlow.js wants them.
 *
 * @param bytes of the whole file; files can be joined, as nothing is before or after the records
 * @throws TypeError when `bytes` are no Uint8Array
 * @throws RangeError when they are not whole records of 3073 bytes, or a class is none of the ten
 * @example
 * const { images, labels } = parseCifar10(bytes); // [10000, 32, 32, 3] and [10000]
 * @see Krizhevsky, "Learning multiple layers of features from tiny images", 2009
 */
export function parseCifar10(bytes: Uint8Array): Cifar10 {
  checkBytes(bytes, 'parseCifar10');
  const rows = bytes.length / record;
  if (!Number.isInteger(rows) || rows === 0) {
    throw new RangeError(`parseCifar10: bytes must be whole records of ${record}, got ${bytes.length} bytes`);
  }
  const data = new Uint8Array(rows * 3 * pixels);
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const label = bytes[row * record] as number;
    if (label >= cifar10ClassNames.length) {
      throw new RangeError(
        `parseCifar10: classes must be in [0, 9], got ${label} in row ${row}; is it CIFAR-10's binary version?`,
      );
    }
    labels[row] = label;
    const from = row * record + 1;
    const to = row * 3 * pixels;
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        data[to + 3 * pixel + channel] = bytes[from + channel * pixels + pixel] as number;
      }
    }
  }
  return { images: { data, shape: [rows, 32, 32, 3] }, labels };
}
