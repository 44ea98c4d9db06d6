/** `.npz`: NumPy's archive of named arrays, a ZIP file of `.npy` files. */
import { unzipSync, zipSync } from 'fflate';
import { checkBytes } from './check-bytes.ts';
import { crc32 } from './crc32.ts';
import { formatNpy, parseNpy } from './npy.ts';
import type { NpyArray } from './npy-array.ts';
import { readChecksums } from './zip-directory.ts';

/** More bytes than this in an array are no typed array: = 2 ** 33. What claims to be larger is not unpacked. */
const maxBytes = 2 ** 33;

/** DEFLATE's best: 258 bytes for 2 bits. */
const bestRatio = 1032;

const suffix = '.npy';

/** What `formatNpy` takes. */
type NpyInput = Parameters<typeof formatNpy>[0];

/**
 * Parse a `.npz` file: what `numpy.savez` and `numpy.savez_compressed` write.
 *
 * @param bytes of the whole file
 * @returns the arrays by name, in the order of the file
 * @throws TypeError when `bytes` are no Uint8Array
 * @throws RangeError for what is no such file, a part of one, one with something after its end, and by its name an array whose
 *   bytes are not those that the archive has the CRC-32 of, or that `parseNpy` refuses
 * @example
 * const { x_train, y_train } = Object.fromEntries(parseNpz(bytes));
 */
export function parseNpz(bytes: Uint8Array): ReadonlyMap<string, NpyArray> {
  checkBytes(bytes, 'parseNpz');
  let files: Record<string, Uint8Array>;
  const checksums = new Map<string, number>();
  try {
    const inOrder = readChecksums(bytes).values();
    files = unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (originalSize > Math.min(maxBytes, bestRatio * Math.min(size, bytes.length))) {
          throw new RangeError(`${JSON.stringify(name)} claims to hold ${originalSize} bytes`);
        }
        checksums.set(name, inOrder.next().value as number);
        return name.endsWith(suffix);
      },
    });
  } catch (error) {
    throw new RangeError(`parseNpz: bytes must be a whole .npz file, got another (${(error as Error).message})`, {
      cause: error,
    });
  }
  const arrays = new Map<string, NpyArray>();
  for (const [file, content] of Object.entries(files)) {
    const name = file.slice(0, -suffix.length);
    const [got, expected] = [crc32(content), checksums.get(file) as number];
    if (got !== expected) {
      const rule = `bytes must have the CRC-32 of the archive, ${hexadecimal(expected)}`;
      throw new RangeError(
        `parseNpz: array ${JSON.stringify(name)}: ${rule}, got ${hexadecimal(got)}: the file is damaged`,
      );
    }
    try {
      arrays.set(name, parseNpy(content));
    } catch (error) {
      throw new RangeError(`parseNpz: array ${JSON.stringify(name)}: ${(error as Error).message}`, { cause: error });
    }
  }
  if (arrays.size === 0) throw new RangeError('parseNpz: bytes must hold at least one array, got an archive of none');
  return arrays;
}

/**
 * Format arrays as a `.npz` file, not compressed, as `numpy.savez` does it. The same arrays give the same bytes.
 *
 * @param arrays by name, at least one; a Map of `parseNpz` too
 * @throws RangeError for no array, and for what `formatNpy` refuses
 * @example
 * writeFileSync('digits.npz', formatNpz({ features: dataset.features, labels: { data: dataset.labels, shape: [1797] } }));
 */
export function formatNpz(arrays: Readonly<Record<string, NpyInput>> | ReadonlyMap<string, NpyInput>): Uint8Array {
  const entries = arrays instanceof Map ? [...arrays] : Object.entries(arrays);
  if (entries.length === 0) throw new RangeError('formatNpz: arrays must be at least one, got none');
  const files = entries.map(([name, array]) => [`${name}${suffix}`, formatNpy(array)] as const);
  // ZIP knows no time before 1980; this is what NumPy writes too.
  return zipSync(Object.fromEntries(files), { level: 0, mtime: '1980-01-01T00:00:00' });
}

function hexadecimal(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}
