/** Image folders: what is in the files comes out, in one order, and what is wrong is told in one line. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { imageRows } from '../src/images.ts';
import { loadImageFolder } from '../src/node.ts';

const root = mkdtempSync(join(tmpdir(), 'mixup-images-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
/** @returns a new folder with these files, by their paths */
function write(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = join(root, `folder-${folders++}`);
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

/**
 * A PNG written by hand: 8 bits, grey (0), colour (2) or colour with transparency (6), no filter.
 *
 * @see W3C, "Portable Network Graphics (PNG) Specification", sections 5.3 and 11.2
 */
function png(width: number, height: number, kind: 0 | 2 | 6, pixels: readonly number[]): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, kind], 8);
  const line = width * { 0: 1, 2: 3, 6: 4 }[kind];
  const lines = Array.from({ length: height }, (_, y) => [0, ...pixels.slice(y * line, (y + 1) * line)]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const flat = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } });
const grey = png(3, 2, 0, [0, 50, 100, 150, 200, 250]);
const red = png(3, 2, 2, Array.from({ length: 6 }, () => [200, 10, 30]).flat());
const counted = png(
  3,
  2,
  2,
  Array.from({ length: 18 }, (_, i) => 14 * i),
);
const jpeg = await flat(30, 20, '#808080').jpeg().toBuffer();
const gif = await flat(3, 2, 'red').gif().toBuffer();

describe('loadImageFolder', () => {
  test('has the pixels of PNG files to the last bit, rows by class and name in the order of code units', async () => {
    const folder = write({
      'b/2.png': counted,
      'b/10.png': red,
      'a/x.png': red,
      '.hidden/x.txt': 'no',
      'notes.txt': 'n',
    });
    writeFileSync(join(folder, 'a/.DS_Store'), 'no');
    const { images, labels, classNames, files } = await loadImageFolder(folder);
    expect(classNames).toEqual(['a', 'b']);
    expect(files).toEqual(['a/x.png', 'b/10.png', 'b/2.png']);
    expect([...labels]).toEqual([0, 1, 1]);
    expect(images.shape).toEqual([3, 2, 3, 3]);
    expect([...images.data.subarray(0, 3)]).toEqual([200, 10, 30]);
    expect([...images.data.subarray(36)]).toEqual(Array.from({ length: 18 }, (_, i) => 14 * i));
    expect(imageRows(images).data[0]).toBeCloseTo(200 / 255, 6);
  });

  test('has one channel for grey images, and three of the same where they are asked for', async () => {
    const folder = write({ 'a/1.png': grey, 'b/1.png': grey });
    const { images } = await loadImageFolder(folder);
    expect(images.shape).toEqual([2, 2, 3, 1]);
    expect([...images.data.subarray(0, 6)]).toEqual([0, 50, 100, 150, 200, 250]);
    const { images: three } = await loadImageFolder(folder, { channels: 3 });
    expect(three.shape).toEqual([2, 2, 3, 3]);
    expect([...three.data.subarray(0, 6)]).toEqual([0, 0, 0, 50, 50, 50]);
  });

  test('reads JPEG files, stood upright, and brings all to one size and colour', async () => {
    const lying = await flat(40, 20, '#30a060').withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer();
    const folder = write({ 'a/1.jpg': lying, 'b/1.jpeg': lying });
    const { images } = await loadImageFolder(folder);
    // Its 40 columns are rows once it is turned.
    expect(images.shape).toEqual([2, 40, 20, 3]);
    // JPEG keeps an even colour to within a step or two of its quantisation.
    for (const [i, value] of [0x30, 0xa0, 0x60].entries())
      expect(Math.abs((images.data[i] as number) - value)).toBeLessThan(3);

    const mixed = write({ 'a/1.jpg': lying, 'b/1.png': grey });
    const { images: even } = await loadImageFolder(mixed, { size: [4, 5], channels: 1 });
    expect(even.shape).toEqual([2, 4, 5, 1]);
    expect(new Set(even.data.subarray(0, 20)).size).toBe(1);
  });

  test('takes a transparency that hides nothing', async () => {
    const opaque = png(2, 1, 6, [1, 2, 3, 255, 4, 5, 6, 255]);
    const { images } = await loadImageFolder(write({ 'a/1.png': opaque, 'b/1.png': opaque }));
    expect([...images.data]).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
  });

  /** 100,000 x 100,000 pixels, by its head. */
  const huge = Buffer.from(counted);
  huge.writeUInt32BE(100_000, 16);
  huge.writeUInt32BE(100_000, 20);
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);

  test.each<[string, Record<string, Uint8Array | string>, RegExp]>([
    [
      'a PNG that is cut short',
      { 'b/2.png': counted.subarray(0, -30) },
      /b\/2\.png: it must be a whole image, got one that is damaged or cut short/,
    ],
    [
      'a JPEG that is cut short',
      { 'b/2.jpg': jpeg.subarray(0, -40) },
      /b\/2\.jpg: it must be a whole image, .*cut short/,
    ],
    [
      'text that is called an image',
      { 'b/2.png': 'hello' },
      /b\/2\.png: it must be a PNG or JPEG file, got one that begins with \[104, 101, 108, 108\]/,
    ],
    ['a GIF', { 'b/2.gif': gif }, /b\/2\.gif: it must be a PNG or JPEG file/],
    ['an empty file', { 'b/2.png': '' }, /b\/2\.png: it must be a PNG or JPEG file, got an empty one/],
    [
      'a head that claims more pixels than there should be',
      { 'b/2.png': huge },
      /b\/2\.png: it must have at most 67108864 pixels, got 100000 x 100000/,
    ],
    [
      'another size',
      { 'b/2.png': png(2, 3, 2, Array(18).fill(9)) },
      /b\/2\.png: it must have 2 x 3 pixels as the first image has, got 3 x 2; give a size/,
    ],
    [
      'another colour',
      { 'b/2.png': grey },
      /b\/2\.png: it must be in colour as the first image is, got one that is grey; give channels/,
    ],
    [
      'transparent pixels',
      { 'b/2.png': png(3, 2, 6, Array(24).fill(7)) },
      /b\/2\.png: it must have no transparent pixels/,
    ],
    ['an image without a class', { 'stray.jpg': 'x' }, /stray\.jpg: an image must lie in the folder of its class/],
    ['a folder in a class', { 'b/more/1.png': red }, /more: a class must have files alone, got a folder/],
  ])('refuses %s in one line', async (_, more, message) => {
    const folder = write({ 'a/1.png': red, 'b/1.png': red, ...more });
    const refusal = await loadImageFolder(folder).then(
      () => 'taken',
      (error: Error) => `${error.name} ${error.message}`,
    );
    expect(refusal).toMatch(/^RangeError loadImageFolder: [^\n]*$/);
    expect(refusal).toMatch(message);
  });

  test('refuses a folder that is not there, one class alone, a class without an image, and options out of range', async () => {
    await expect(loadImageFolder(join(root, 'nowhere'))).rejects.toThrow(/folder must be readable, got .*nowhere/);
    await expect(loadImageFolder(write({ 'a/1.png': red }))).rejects.toThrow(/at least 2 classes, got 1/);
    await expect(loadImageFolder(write({ 'a/1.png': red, 'b/.keep': '' }))).rejects.toThrow(
      /must have an image, got none/,
    );
    const folder = write({ 'a/1.png': red, 'b/1.png': red });
    await expect(loadImageFolder(folder, { size: 32 as never })).rejects.toThrow(
      /size must be \[height, width\].*got 32$/,
    );
    await expect(loadImageFolder(folder, { size: [0, 3] })).rejects.toThrow(
      /size must be \[height, width\].*got \[0, 3\]/,
    );
    await expect(loadImageFolder(folder, { channels: 4 as 3 })).rejects.toThrow('channels must be 1 or 3, got 4');
    const three = write({ 'a/1.png': red, 'b/1.png': red, 'b/2.png': red });
    await expect(loadImageFolder(three, { size: [16384, 16384] })).rejects.toThrow(
      'images must hold at most 2 GiB, got 3 of 16384 x 16384 x 3; give a smaller size',
    );
  });
});
