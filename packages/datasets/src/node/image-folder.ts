/** Image folders: PNG and JPEG files, one folder for each class. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pixels } from '../image-rows.ts';
import { type Decoder, decodeImage, type ImageForm, inspectImage, loadDecoder } from './image-file.ts';

/** What an image folder holds. */
export interface ImageFolder {
  /** [rows, height, width, channels]; `imageRows` turns them into what a network is trained on */
  readonly images: Pixels;
  /** [rows], each an integer in [0, classNames.length) */
  readonly labels: Int32Array;
  /** The names of the class folders, in the order of their code units. */
  readonly classNames: readonly string[];
  /** [rows], from the folder on: "cat/001.png" */
  readonly files: readonly string[];
}

export interface ImageFolderOptions {
  /** [height, width] that all are brought to, whatever their proportions. Without it all must be of one size. */
  readonly size?: readonly [height: number, width: number];
  /** 1 for grey, 3 for red, green and blue. By default what the first image has, and all others must have too. */
  readonly channels?: 1 | 3;
}

/** = 2 ** 31: all pixels together. What is more is refused before it fills the memory. */
const maxBytes = 2 ** 31;

/** Files that are read and decoded at once: each decoder has a thread. */
const atOnce = 4;

/**
 * Load a folder of images: a folder for each class, and in each PNG and JPEG files alone.
 *
 * Names that begin with a dot are passed over, and so are files beside the class folders, unless they are images. Rows
 * come by class, then by file name, in the order of code units. Images stand as their EXIF data say. It takes the package `sharp`, which is
 * to be installed beside this one; of a JPEG file its next version may decode a pixel otherwise, and so may its resizing.
 *
 * @throws RangeError in one line that names the file: for what is no whole PNG or JPEG, is of another size or colour than the
 * first, or has transparent pixels; for fewer than two classes, and for more than 2 GiB
 * @throws Error when something can't be read, or sharp is not there
 * @example
 * const { images, labels, classNames } = await loadImageFolder('pets', { size: [32, 32], channels: 3 });
 * const x = imageRows(images); // float32 of shape [rows, 32, 32, 3]
 */
export async function loadImageFolder(path: string, options: ImageFolderOptions = {}): Promise<ImageFolder> {
  checkOptions(options);
  const { classNames, files, labels } = await listImages(path);
  const decoder = await loadDecoder();
  const form = await chooseForm(decoder, path, files[0] as string, options);
  const { height, width, channels } = form;
  const size = height * width * channels;
  if (!(files.length * size <= maxBytes)) {
    throw new RangeError(
      `loadImageFolder: images must hold at most 2 GiB, got ${files.length} of ${height} x ${width} x ${channels}; give a smaller size`,
    );
  }
  const data = new Uint8Array(files.length * size);
  let next = 0;
  let failed = false;
  const work = async () => {
    while (next < files.length && !failed) {
      const row = next++;
      const file = files[row] as string;
      const decoding = decodeImage(decoder, join(path, file), form, options);
      decoding.catch(() => {
        failed = true;
      });
      data.set(await named(path, file, decoding), row * size);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { images: { data, shape: [files.length, height, width, channels] }, labels, classNames, files };
}

function checkOptions({ size, channels }: ImageFolderOptions): void {
  if (size !== undefined && !isSize(size)) {
    const got = Array.isArray(size) ? `[${size.join(', ')}]` : String(size);
    throw new RangeError(`loadImageFolder: size must be [height, width], integers in [1, 16384], got ${got}`);
  }
  if (channels !== undefined && channels !== 1 && channels !== 3) {
    throw new RangeError(`loadImageFolder: channels must be 1 or 3, got ${channels}`);
  }
}

function isSize(size: unknown): boolean {
  return (
    Array.isArray(size) &&
    size.length === 2 &&
    size.every((side) => Number.isInteger(side) && side >= 1 && side <= 16_384)
  );
}

/** The images by class, without looking into them. */
async function listImages(path: string) {
  const top = await list(path);
  const classNames = top.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const stray = top.find((entry) => !entry.isDirectory() && /\.(png|jpe?g)$/i.test(entry.name));
  if (stray)
    throw new RangeError(`loadImageFolder: ${join(path, stray.name)}: an image must lie in the folder of its class`);
  if (classNames.length < 2) {
    throw new RangeError(
      `loadImageFolder: ${path} must have a folder for each of at least 2 classes, got ${classNames.length}`,
    );
  }
  const files: string[] = [];
  const labels: number[] = [];
  for (const [label, name] of classNames.entries()) {
    const entries = await list(join(path, name));
    const inner = entries.find((entry) => entry.isDirectory());
    if (inner) {
      throw new RangeError(
        `loadImageFolder: ${join(path, name, inner.name)}: a class must have files alone, got a folder`,
      );
    }
    if (entries.length === 0)
      throw new RangeError(`loadImageFolder: ${join(path, name)}: a class must have an image, got none`);
    for (const entry of entries) {
      files.push(`${name}/${entry.name}`);
      labels.push(label);
    }
  }
  return { classNames, files, labels: Int32Array.from(labels) };
}

async function list(path: string) {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new Error(`loadImageFolder: folder must be readable, got ${path} (${(error as Error).message})`, {
      cause: error,
    });
  }
}

/** What all images are to be like: as the options say, else as the first one is. */
async function chooseForm(
  decoder: Decoder,
  path: string,
  file: string,
  { size, channels }: ImageFolderOptions,
): Promise<ImageForm> {
  const first = await named(path, file, inspectImage(decoder, join(path, file)));
  const [height, width] = size ?? [first.height, first.width];
  return { height, width, channels: channels ?? first.channels };
}

async function named<T>(path: string, file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new RangeError(`loadImageFolder: ${join(path, file)}: ${(error as Error).message}`, { cause: error });
  }
}
