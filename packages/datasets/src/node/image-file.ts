/** Image files: PNG and JPEG, decoded by sharp, which is loaded only here. */
import { readFile } from 'node:fs/promises';

/** As much of sharp as is used here: what this package is built with may not be there where it runs. */
export type Decoder = (bytes: Uint8Array, options: { failOn: 'error'; limitInputPixels: number | false }) => Pipeline;

interface Pipeline {
  metadata(): Promise<{ readonly space?: string; readonly hasAlpha?: boolean; readonly autoOrient: Size }>;
  stats(): Promise<{ readonly isOpaque: boolean }>;
  autoOrient(): Pipeline;
  resize(options: { width: number; height: number; fit: 'fill' }): Pipeline;
  removeAlpha(): Pipeline;
  toColourspace(space: 'b-w' | 'srgb'): Pipeline;
  raw(options: { depth: 'uchar' }): Pipeline;
  toBuffer(): Promise<Uint8Array>;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the numbers of an image mean. */
export interface ImageForm extends Size {
  /** Grey, or red, green and blue. */
  readonly channels: 1 | 3;
}

/** = 2 ** 26: 8192 x 8192. A file of a few bytes can claim any size. */
const maxPixels = 2 ** 26;

/** @throws Error that says what to install, or that what is installed does not load */
export async function loadDecoder(): Promise<Decoder> {
  try {
    return ((await import('sharp')) as unknown as { default: Decoder }).default;
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    const [line] = (error as Error).message.split('\n');
    throw new Error(
      `loadImageFolder: images are decoded by sharp, which ${isAbsent ? 'is not installed: npm i sharp' : `does not load: ${line}`}`,
      { cause: error },
    );
  }
}

/** @returns the form of an image as it stands */
export async function inspectImage(decoder: Decoder, path: string): Promise<ImageForm> {
  return formOf(decoder, await readImage(path));
}

/**
 * Decode an image.
 *
 * @param form what it is to be like
 * @param options what it is brought to; in all else it must have the form already
 * @returns [height * width * channels] in 0 … 255, channels last
 */
export async function decodeImage(
  decoder: Decoder,
  path: string,
  form: ImageForm,
  options: { readonly size?: readonly number[]; readonly channels?: number },
): Promise<Uint8Array> {
  const bytes = await readImage(path);
  const own = await formOf(decoder, bytes);
  const { height, width, channels } = form;
  if (!options.size && !(own.height === height && own.width === width)) {
    throw new RangeError(
      `it must have ${height} x ${width} pixels as the first image has, got ${own.height} x ${own.width}; give a size for all`,
    );
  }
  if (!options.channels && own.channels !== channels) {
    const kinds = { 1: 'grey', 3: 'in colour' };
    throw new RangeError(
      `it must be ${kinds[channels]} as the first image is, got one that is ${kinds[own.channels]}; give channels for all`,
    );
  }
  const { hasAlpha } = await open(decoder, bytes).metadata();
  if (hasAlpha && !(await attempt(open(decoder, bytes).stats())).isOpaque) {
    throw new RangeError('it must have no transparent pixels, got some; put a background behind them first');
  }
  const upright = open(decoder, bytes).autoOrient();
  const sized = options.size ? upright.resize({ width, height, fit: 'fill' }) : upright;
  const flat = sized.removeAlpha().toColourspace(channels === 1 ? 'b-w' : 'srgb');
  const pixels = await attempt(flat.raw({ depth: 'uchar' }).toBuffer());
  if (pixels.length !== height * width * channels) {
    throw new RangeError(`it must decode to ${height * width * channels} numbers, got ${pixels.length}`);
  }
  return pixels;
}

function open(decoder: Decoder, bytes: Uint8Array): Pipeline {
  return decoder(bytes, { failOn: 'error', limitInputPixels: maxPixels });
}

async function formOf(decoder: Decoder, bytes: Uint8Array): Promise<ImageForm> {
  // Its head alone is read, whatever that claims.
  const head = decoder(bytes, { failOn: 'error', limitInputPixels: false });
  const { space, autoOrient } = await attempt(head.metadata());
  const { width, height } = autoOrient;
  if (!(width * height <= maxPixels)) {
    throw new RangeError(`it must have at most ${maxPixels} pixels, got ${height} x ${width}`);
  }
  return { width, height, channels: space === 'b-w' || space === 'grey16' ? 1 : 3 };
}

/** By its first bytes: sharp would take many more kinds, and its version decides which. */
async function readImage(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  const isPng = [0x89, 0x50, 0x4e, 0x47].every((byte, i) => bytes[i] === byte);
  const isJpeg = [0xff, 0xd8, 0xff].every((byte, i) => bytes[i] === byte);
  if (!isPng && !isJpeg) {
    const got = bytes.length === 0 ? 'an empty one' : `one that begins with [${bytes.subarray(0, 4).join(', ')}]`;
    throw new RangeError(`it must be a PNG or JPEG file, got ${got}`);
  }
  return bytes;
}

/** What sharp says goes over lines, of which the last repeat the first. */
async function attempt<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const [line = ''] = (error as Error).message.split('\n');
    throw new RangeError(`it must be a whole image, got one that is damaged or cut short (${line})`, { cause: error });
  }
}
