/** The head of a `.npy` file: a magic string, a version, and a Python dictionary that says what follows. */

export interface NpyHead {
  /** NumPy's name of the type with its byte order: "<f8" */
  readonly descr: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
}

const magic = [0x93, ...Array.from('NUMPY', (letter) => letter.charCodeAt(0))];

/** Data begin at a multiple of it, and so they do in NumPy's files. */
const alignment = 64;

/** NumPy keeps so much room for the first number of the shape, so that a file can grow: `GROWTH_AXIS_MAX_DIGITS`. */
const growthDigits = 21;

/** @returns what the head says, and where the data begin */
export function parseNpyHead(bytes: Uint8Array): NpyHead & { readonly length: number } {
  if (magic.some((byte, i) => bytes[i] !== byte)) {
    const short = bytes.length < magic.length ? ` of ${bytes.length} bytes` : '';
    throw new RangeError(
      `parseNpy: bytes must be a .npy file, got one${short} that begins with [${[...bytes.subarray(0, 6)]}]`,
    );
  }
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) throw new RangeError(`parseNpy: format version must be 1, 2 or 3, got ${version}`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw cutShort(bytes.length, start);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < length) throw cutShort(bytes.length, length);
  // Versions 1 and 2 are Latin-1, of which nothing but ASCII can be in what is read here.
  return { ...parseDictionary(new TextDecoder().decode(bytes.subarray(start, length))), length };
}

function cutShort(got: number, expected: number): RangeError {
  return new RangeError(`parseNpy: bytes must hold a header of ${expected} bytes, got ${got}: the file is cut short`);
}

function parseDictionary(text: string): NpyHead {
  // NumPy's types are of ASCII, and what else may stand there is not for a terminal.
  const descr = /'descr'\s*:\s*'([ -&(-~]+)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  // Python 2 wrote its long integers as 3L.
  const shape = /'shape'\s*:\s*\(((?:\s*\d+L?\s*,)*\s*(?:\d+L?\s*)?)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) {
    const why = /'descr'\s*:\s*\[/.test(text) ? 'must have one plain dtype' : 'must say descr, fortran_order and shape';
    throw new RangeError(`parseNpy: header ${why}, got ${JSON.stringify(text.trim().slice(0, 80))}`);
  }
  const sizes = [...shape.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  return { descr, isFortran: order === 'True', shape: sizes };
}

/** @returns the head of a file of version 1, padded as NumPy pads it */
export function formatNpyHead({ descr, isFortran, shape }: NpyHead): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  const growth =
    shape.length > 0
      ? ' '.repeat(Math.max(0, growthDigits - String(shape[isFortran ? shape.length - 1 : 0]).length))
      : '';
  const start = 10;
  // The line ends with a newline.
  const unpadded = start + dictionary.length + growth.length + 1;
  const length = Math.ceil(unpadded / alignment) * alignment;
  if (length - start > 0xffff)
    throw new RangeError(`formatNpy: shape must fit into the header, got ${shape.length} axes`);
  const text = `${(dictionary + growth).padEnd(length - start - 1)}\n`;
  const bytes = new Uint8Array(length);
  bytes.set([...magic, 1, 0, (length - start) & 0xff, (length - start) >> 8]);
  bytes.set(new TextEncoder().encode(text), start);
  return bytes;
}
