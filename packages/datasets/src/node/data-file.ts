/** Data files: read from the disk, unpacked where they are gzip'd, and parsed. */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Cifar10, parseCifar10 } from '../cifar10.ts';
import { type IdxArray, parseIdx } from '../idx.ts';
import { parseNpy } from '../npy.ts';
import type { NpyArray } from '../npy-array.ts';
import { parseNpz } from '../npz.ts';

/** = 2 ** 31: four times CIFAR-10 and forty times MNIST. What unpacks to more is refused before it fills the memory. */
const maxUnpackedBytes = 2 ** 31;

/**
 * Load an IDX file, such as those of MNIST and Fashion-MNIST, gzip'd (as they are handed out) or not.
 *
 * @throws RangeError when it is no whole IDX file, Error when it can't be read; both in one line that names the file
 * @example
 * const images = imageRows(await loadIdx('train-images-idx3-ubyte.gz')); // [60000, 28, 28] in [0, 1]
 */
export async function loadIdx(path: string): Promise<IdxArray> {
  return load('loadIdx', path, parseIdx);
}

/**
 * Load CIFAR-10 from files of its binary version, one after the other, gzip'd or not.
 *
 * @param paths at least one, for instance those of `data_batch_1.bin` to `data_batch_5.bin`
 * @throws RangeError when one is no such file, Error when it can't be read; both in one line that names the file
 * @example
 * const { images, labels } = await loadCifar10(['test_batch.bin']);
 */
export async function loadCifar10(paths: readonly string[]): Promise<Cifar10> {
  if (!Array.isArray(paths)) {
    const got = typeof paths === 'string' ? JSON.stringify(paths) : typeof paths;
    throw new TypeError(`loadCifar10: paths must be a list of files, got ${got}`);
  }
  if (paths.length === 0) throw new RangeError('loadCifar10: paths must be at least one, got none');
  const parts: Cifar10[] = [];
  for (const path of paths) parts.push(await load('loadCifar10', path, parseCifar10));
  const rows = parts.reduce((sum, { labels }) => sum + labels.length, 0);
  const data = new Uint8Array(rows * 32 * 32 * 3);
  const labels = new Int32Array(rows);
  let row = 0;
  for (const part of parts) {
    data.set(part.images.data, row * 32 * 32 * 3);
    labels.set(part.labels, row);
    row += part.labels.length;
  }
  return { images: { data, shape: [rows, 32, 32, 3] }, labels };
}

/**
 * Load a `.npy` file.
 *
 * @throws RangeError when it is no whole .npy file, Error when it can't be read; both in one line that names the file
 * @example
 * const features = npyRows(await loadNpy('features.npy'));
 */
export async function loadNpy(path: string): Promise<NpyArray> {
  return load('loadNpy', path, parseNpy);
}

/**
 * Load a `.npz` file.
 *
 * @returns the arrays by name
 * @throws RangeError when it is no whole .npz file, Error when it can't be read; both in one line that names the file
 * @example
 * const { x_train, y_train } = Object.fromEntries(await loadNpz('mnist.npz'));
 */
export async function loadNpz(path: string): Promise<ReadonlyMap<string, NpyArray>> {
  return load('loadNpz', path, parseNpz);
}

async function load<T>(name: string, path: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new Error(`${name}: file must be readable, got ${path} (${reason(error)})`, { cause: error });
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return parse(isGzip ? await promisify(gunzip)(bytes, { maxOutputLength: maxUnpackedBytes }) : bytes);
  } catch (error) {
    throw new RangeError(`${name}: ${path}: ${reason(error)}`, { cause: error });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
  Z_BUF_ERROR: 'its gzip data are cut short',
  Z_DATA_ERROR: 'its gzip data are damaged',
  ERR_BUFFER_TOO_LARGE: 'it unpacks to more than 2 GiB',
};

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? message;
}
