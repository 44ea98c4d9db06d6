/** Image files: built here byte by byte from their formats' descriptions, then read, damaged and refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cifar10ClassNames, imageRows, parseCifar10, parseIdx } from '../src/images.ts';
import { loadCifar10, loadIdx, loadNpy, loadNpz } from '../src/node.ts';
import { formatNpy, formatNpz, parseNpy, parseNpz } from '../src/numpy.ts';
import { fc } from './fast-check.ts';

/** Type codes of IDX, and how a value of each is written. */
const kinds = {
  8: [Uint8Array, 'setUint8'],
  9: [Int8Array, 'setInt8'],
  11: [Int16Array, 'setInt16'],
  12: [Int32Array, 'setInt32'],
  13: [Float32Array, 'setFloat32'],
  14: [Float64Array, 'setFloat64'],
} as const;

type IdxData = ReturnType<typeof parseIdx>['data'];

function idxFile(code: keyof typeof kinds, shape: readonly number[], data: IdxData): Uint8Array {
  const [, write] = kinds[code];
  const view = new DataView(new ArrayBuffer(4 + 4 * shape.length + data.byteLength));
  view.setUint8(2, code);
  view.setUint8(3, shape.length);
  for (const [axis, n] of shape.entries()) view.setUint32(4 + 4 * axis, n);
  for (const [i, value] of data.entries()) view[write](4 + 4 * shape.length + i * data.BYTES_PER_ELEMENT, value);
  return new Uint8Array(view.buffer);
}

const idxFiles = fc
  .tuple(fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }), fc.constantFrom(8, 9, 11, 12, 13, 14))
  .chain(([shape, code]) => {
    const length = shape.reduce((product, n) => product * n, 1);
    const [Type] = kinds[code as keyof typeof kinds];
    return fc
      .uint8Array({ minLength: length * Type.BYTES_PER_ELEMENT, maxLength: length * Type.BYTES_PER_ELEMENT })
      .map((noise) => ({ code: code as keyof typeof kinds, shape, data: new Type(noise.slice().buffer) as IdxData }));
  });

test.each([parseIdx, parseCifar10, parseNpy, parseNpz])('$name says in one line what bytes are to be', (parse) => {
  const parseAny = parse as (bytes: unknown) => unknown;
  for (const [bytes, got] of [
    [new ArrayBuffer(8), 'an ArrayBuffer; give new Uint8Array(buffer)'],
    [new Float32Array(2), 'Float32Array'],
    ['text', 'string'],
    [undefined, 'undefined'],
  ]) {
    expect(() => parseAny(bytes)).toThrow(new TypeError(`${parse.name}: bytes must be a Uint8Array, got ${got}`));
  }
});

test('loadCifar10 takes a list of files, and says so', async () => {
  await expect(loadCifar10('ok.bin' as never)).rejects.toThrow(
    new TypeError('loadCifar10: paths must be a list of files, got "ok.bin"'),
  );
});

describe('parseIdx', () => {
  test('reads the first bytes of a file as MNIST’s description has them', () => {
    // "magic number 0x00000803 (2051), number of images, rows, columns": the order of the bytes is the file's.
    const bytes = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 128, 255, 1, 2, 3);
    expect(parseIdx(bytes)).toEqual({ data: Uint8Array.of(0, 128, 255, 1, 2, 3), shape: [2, 1, 3] });
  });

  test('reads arrays of every type and shape, at any offset in a buffer, and shares nothing with it', () => {
    fc.assert(
      fc.property(idxFiles, fc.nat(9), ({ code, shape, data }, offset) => {
        const bytes = idxFile(code, shape, data);
        const placed = new Uint8Array(bytes.length + offset).subarray(offset);
        placed.set(bytes);
        const parsed = parseIdx(placed);
        placed.fill(7);
        expect(parsed).toEqual({ data, shape });
      }),
    );
  });

  test('refuses a file that is cut anywhere or goes on, in one line', () => {
    fc.assert(
      fc.property(idxFiles, fc.nat(), fc.integer({ min: 1, max: 9 }), ({ code, shape, data }, cut, more) => {
        const bytes = idxFile(code, shape, data);
        const short = () => parseIdx(bytes.subarray(0, cut % bytes.length));
        expect(short).toThrow(RangeError);
        expect(short).toThrow(/^parseIdx: bytes must [^\n]+$/);
        const long = new Uint8Array(bytes.length + more);
        long.set(bytes);
        expect(() => parseIdx(long)).toThrow(/^parseIdx: .* the file has something after its end$/);
      }),
    );
  });

  test.each([
    [
      'gzip',
      Uint8Array.of(0x1f, 0x8b, 8, 0),
      'parseIdx: bytes must be an unpacked IDX file, got gzip; gunzip it first',
    ],
    ['a PNG', Uint8Array.of(137, 80, 78, 71), /must be an IDX file, got one that begins with \[137,80,78,71\]$/],
    ['a type that is none', Uint8Array.of(0, 0, 10, 1, 0, 0, 0, 0), /begins with \[0,0,10,1\]$/],
    ['no axis', Uint8Array.of(0, 0, 8, 0), /begins with \[0,0,8,0\]$/],
    ['nothing', Uint8Array.of(), /begins with \[\]$/],
    ['a size that no memory holds', Uint8Array.of(0, 0, 8, 2, ...Array(8).fill(255)), /the file is cut short$/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => parseIdx(bytes)).toThrow(message);
  });
});

/** Records whose every byte is told apart: plane, row and column go into it. */
function cifarFile(labels: readonly number[]): Uint8Array {
  return Uint8Array.from(
    labels.flatMap((label, row) => [label, ...Array.from({ length: 3072 }, (_, i) => cifarByte(row, i))]),
  );
}

const cifarByte = (row: number, i: number) => (7 * row + i + 31 * (i >> 10)) & 255;

describe('parseCifar10', () => {
  test('puts the colours of each pixel side by side, and keeps rows, columns and classes', () => {
    const labels = [3, 0, 9];
    const { images, labels: parsed } = parseCifar10(cifarFile(labels));
    expect(images.shape).toEqual([3, 32, 32, 3]);
    expect(parsed).toEqual(Int32Array.from(labels));
    const expected = Uint8Array.from({ length: 3 * 3072 }, (_, at) => {
      const [row, pixel, channel] = [Math.floor(at / 3072), Math.floor((at % 3072) / 3), at % 3];
      return cifarByte(row, channel * 1024 + pixel);
    });
    expect(Buffer.from(images.data).equals(Buffer.from(expected))).toBe(true);
    expect(cifar10ClassNames[labels[0] as number]).toBe('cat');
  });

  test('refuses what is no whole records, and classes that are none of the ten', () => {
    const bytes = cifarFile([1, 2]);
    expect(() => parseCifar10(bytes.subarray(1))).toThrow(
      'parseCifar10: bytes must be whole records of 3073, got 6145 bytes',
    );
    expect(() => parseCifar10(new Uint8Array())).toThrow('got 0 bytes');
    // CIFAR-100's records are one byte longer; as many of them as a record has bytes are whole records of ours, too.
    bytes[3073] = 10;
    expect(() => parseCifar10(bytes)).toThrow('parseCifar10: classes must be in [0, 9], got 10 in row 1');
  });
});

test('imageRows divides by 255, keeps the shape, and refuses what is no pixels', () => {
  expect(imageRows({ data: Uint8Array.of(0, 51, 102, 255), shape: [1, 2, 2] })).toEqual({
    data: Float32Array.of(0, 0.2, 0.4, 1),
    shape: [1, 2, 2],
  });
  expect(() => imageRows({ data: Uint8Array.of(0), shape: [2] })).toThrow('imageRows: shape [2] must hold 1 values');
  expect(() => imageRows({ data: Float32Array.of(0), shape: [1] })).toThrow(TypeError);
});

describe('files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mixup-images-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const put = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const labels = idxFile(8, [3], Uint8Array.of(5, 0, 4));

  test('a gzip’d file is the same as the one that it holds', async () => {
    const plain = await loadIdx(put('labels', labels));
    expect(plain).toEqual({ data: Uint8Array.of(5, 0, 4), shape: [3] });
    expect(await loadIdx(put('labels.gz', gzipSync(labels)))).toEqual(plain);
  });

  test('several files of CIFAR-10 come one after the other', async () => {
    const [first, second] = [cifarFile([1, 2]), cifarFile([3])];
    const both = await loadCifar10([put('1.bin', first), put('2.bin.gz', gzipSync(second))]);
    expect(both).toEqual(parseCifar10(Buffer.concat([first, second])));
    await expect(loadCifar10([])).rejects.toThrow('loadCifar10: paths must be at least one, got none');
  });

  test('.npy and .npz are loaded', async () => {
    const array = { dtype: 'f8', data: Float64Array.of(1, 2), shape: [2] } as const;
    expect(await loadNpy(put('a.npy', formatNpy(array)))).toEqual(array);
    expect([...(await loadNpz(put('a.npz', formatNpz({ a: array }))))]).toEqual([['a', array]]);
  });

  test('what is wrong is said in one line that names the file', async () => {
    const missing = join(folder, 'missing');
    await expect(loadIdx(missing)).rejects.toThrow(
      `loadIdx: file must be readable, got ${missing} (there is no such file)`,
    );
    await expect(loadNpy(folder)).rejects.toThrow(`got ${folder} (it is a folder)`);
    const cut = put('cut', labels.subarray(0, 9));
    await expect(loadIdx(cut)).rejects.toThrow(
      new RegExp(`^loadIdx: ${cut}: parseIdx: .* got 9: the file is cut short$`),
    );
    const other = put('other', Uint8Array.of(0, 7, 0x1b, 91));
    await expect(loadIdx(other)).rejects.toThrow(/must be an IDX file, got one that begins with \[0,7,27,91\]$/);
    const packed = gzipSync(labels);
    await expect(loadIdx(put('cut.gz', packed.subarray(0, 15)))).rejects.toThrow(
      /cut\.gz: its gzip data are cut short$/,
    );
    packed[packed.length - 5] = (packed[packed.length - 5] as number) ^ 1;
    await expect(loadIdx(put('bad.gz', packed))).rejects.toThrow(/bad\.gz: its gzip data are damaged$/);
    await expect(loadNpz(put('no.npz', labels))).rejects.toThrow(
      /^loadNpz: .*no\.npz: parseNpz: bytes must be a whole/,
    );
  });
});
