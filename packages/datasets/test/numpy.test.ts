/** NumPy's files: read as NumPy wrote them, written as NumPy writes them, refused in one line where they are not whole. */

import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../src/crc32.ts';
import { formatNpy, formatNpz, type NpyArray, npyLabels, npyRows, parseNpy, parseNpz } from '../src/numpy.ts';
import { fc } from './fast-check.ts';
import npy from './golden/npy.golden.json' with { type: 'json' };
import halves from './golden/npy-halves.golden.json' with { type: 'json' };
import refused from './golden/npy-refused.golden.json' with { type: 'json' };
import npz from './golden/npz.golden.json' with { type: 'json' };
import { sha256 } from './golden.ts';

const decode = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const plain = npy.cases.filter((one) => one.plain);

function values({ dtype, data }: NpyArray): string[] {
  const show = (value: number | bigint) => (Object.is(value, -0) && dtype.startsWith('f') ? '-0' : String(value));
  return Array.from(data as ArrayLike<number | bigint>, show);
}

/** Python's repr as JavaScript writes the same number; float32 values are written there as float64. */
const javaScript = (dtype: string, value: string) =>
  dtype.startsWith('f') ? (value === '-0.0' ? '-0' : String(Number(value.replace('inf', 'Infinity')))) : value;

test('there are golden files of every type, order, byte order and version', () => {
  const kinds = new Set(
    npy.cases.map(({ dtype, order, byteOrder, version }) => [dtype, order, byteOrder, version].join()),
  );
  expect(kinds.size).toBe(12 * (2 * 2 + 2 * 2));
});

test.each(npy.cases.map((one, i) => [`${one.dtype} [${one.shape}] ${one.order}${one.byteOrder} v${one.version}`, i]))(
  'parseNpy reads NumPy’s %s (case %i)',
  (_, i) => {
    const { dtype, shape, values: expected, file } = npy.cases[i as number] as (typeof npy.cases)[number];
    const array = parseNpy(decode(file));
    expect({ dtype: array.dtype, shape: array.shape }).toEqual({ dtype, shape });
    expect(values(array)).toEqual(expected.map((value) => javaScript(dtype, value)));
  },
);

test('formatNpy writes the bytes of numpy.save', () => {
  expect(plain).toHaveLength(12 * 8);
  for (const { file } of plain) {
    const bytes = decode(file);
    expect(Buffer.from(formatNpy(parseNpy(bytes))).equals(Buffer.from(bytes))).toBe(true);
  }
});

/** Every half-precision number, in the order of its bits. */
const halvesFile = formatNpy({ data: Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits), shape: [2 ** 16] });
halvesFile[Buffer.from(halvesFile).indexOf('<u2') + 1] = 'f'.charCodeAt(0);
const everyHalf = parseNpy(halvesFile).data as Float32Array;

test('every half-precision number is read as the float32 that NumPy has for it, and written back', () => {
  expect(sha256(everyHalf)).toBe(halves.cases[0]?.sha256);
  const array = { dtype: 'f2', data: everyHalf, shape: [2 ** 16] } as const;
  const bytes = formatNpy(array);
  const written = new Uint16Array(bytes.slice(-(2 ** 17)).buffer);
  // NaN has many forms, of which one is written.
  for (let bits = 0; bits < 2 ** 16; bits++) {
    expect(written[bits]).toBe(Number.isNaN(everyHalf[bits]) ? 0x7e00 : bits);
  }
});

const shapes = fc.array(fc.nat(5), { maxLength: 4 });
const arrays = shapes.chain((shape) => {
  const length = shape.reduce((product, n) => product * n, 1);
  const range = { minLength: length, maxLength: length };
  return fc.oneof(
    fc.array(fc.nat(0xffff), range).map((bits) => {
      const data = Float32Array.from(bits, (value) => everyHalf[value] as number);
      return { dtype: 'f2' as const, data, shape };
    }),
    fc.float32Array(range).map((data) => ({ dtype: 'f4' as const, data, shape })),
    fc.float64Array(range).map((data) => ({ dtype: 'f8' as const, data, shape })),
    fc.int8Array(range).map((data) => ({ dtype: 'i1' as const, data, shape })),
    fc.int16Array(range).map((data) => ({ dtype: 'i2' as const, data, shape })),
    fc.int32Array(range).map((data) => ({ dtype: 'i4' as const, data, shape })),
    fc.bigInt64Array(range).map((data) => ({ dtype: 'i8' as const, data, shape })),
    fc.uint8Array(range).map((data) => ({ dtype: 'u1' as const, data, shape })),
    fc.uint16Array(range).map((data) => ({ dtype: 'u2' as const, data, shape })),
    fc.uint32Array(range).map((data) => ({ dtype: 'u4' as const, data, shape })),
    fc.bigUint64Array(range).map((data) => ({ dtype: 'u8' as const, data, shape })),
    fc.uint8Array({ ...range, max: 1 }).map((data) => ({ dtype: 'b1' as const, data, shape })),
  );
});

test('any array survives formatNpy and parseNpy, at any offset in a buffer, and is not shared with it', () => {
  fc.assert(
    fc.property(arrays, fc.nat(9), (array, offset) => {
      const bytes = formatNpy(array);
      const placed = new Uint8Array(bytes.length + offset).subarray(offset);
      placed.set(bytes);
      const back = parseNpy(placed);
      placed.fill(0);
      expect(back).toEqual(array);
    }),
  );
});

test('every file that lacks its last bytes, or has more, is refused in one line', () => {
  fc.assert(
    fc.property(fc.constantFrom(...npy.cases), fc.nat(), fc.integer({ min: 1, max: 9 }), ({ file }, cut, more) => {
      const bytes = decode(file);
      const short = () => parseNpy(bytes.subarray(0, cut % bytes.length));
      expect(short).toThrow(RangeError);
      expect(short).toThrow(/^parseNpy: [^\n]+$/);
      const long = new Uint8Array(bytes.length + more);
      long.set(bytes);
      expect(() => parseNpy(long)).toThrow(/^parseNpy: .* must have \d+ bytes of data, got \d+: .* after its end$/);
    }),
  );
});

test('whatever bytes it gets, parseNpy gives an array or one line', () => {
  const head = Array.from(decode((plain[0] as (typeof plain)[0]).file).subarray(0, 12));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, hasHead) => {
      const bytes = Uint8Array.from([...(hasHead ? head : []), ...noise]);
      try {
        parseNpy(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        expect((error as Error).message).toMatch(/^parseNpy: [^\n]+$/);
      }
    }),
  );
});

test.each(refused.cases.map(({ descr, file }) => [descr, file]))('parseNpy refuses NumPy’s dtype %s', (_, file) => {
  expect(() => parseNpy(decode(file as string))).toThrow(
    /^parseNpy: (dtype must be one of|header must have one plain dtype)/,
  );
});

test('the first bytes of a wrong file are shown as numbers, of a Buffer too', () => {
  const wrong = Buffer.from([0, 7, 0x1b, 91, 50, 74, 13]);
  expect(() => parseNpy(wrong)).toThrow('got one that begins with [0,7,27,91,50,74]');
  const bytes = formatNpy({ data: Uint8Array.of(1), shape: [1] });
  bytes.set([0x1b, 0x5b], Buffer.from(bytes).indexOf('|u1'));
  expect(() => parseNpy(bytes)).toThrow(/^[ -~]+$/);
});

test('parseNpy refuses a format version that is not there yet, and a bool that is neither', () => {
  const bytes = formatNpy({ dtype: 'b1', data: Uint8Array.of(1), shape: [1] });
  const later = bytes.slice();
  later[6] = 4;
  expect(() => parseNpy(later)).toThrow('parseNpy: format version must be 1, 2 or 3, got 4');
  bytes[bytes.length - 1] = 2;
  expect(() => parseNpy(bytes)).toThrow('parseNpy: every b1 must be 0 or 1, got 2 at 0');
});

test('formatNpy takes rows, and refuses what is no such array', () => {
  expect(parseNpy(formatNpy({ data: Float32Array.of(1, 2), shape: [2, 1] })).dtype).toBe('f4');
  const data = Float64Array.of(1, 2);
  expect(() => formatNpy({ data, shape: [3] })).toThrow('formatNpy: shape [3] must hold 2 values');
  expect(() => formatNpy({ data, shape: [-1, -2] })).toThrow('formatNpy: shape [-1, -2] must hold 2 values');
  expect(() => formatNpy({ dtype: 'f4', data, shape: [2] })).toThrow(
    /^formatNpy: data must be one of .*, Float64Array \(f8\), .*, got Float64Array with dtype f4$/,
  );
  expect(() => formatNpy({ data: [1, 2] as never, shape: [2] })).toThrow(TypeError);
  expect(() => formatNpy({ dtype: 'b1', data: Uint8Array.of(0, 2), shape: [2] })).toThrow('got 2 at 1');
  const halves = (...values: number[]) => formatNpy({ dtype: 'f2', data: Float32Array.from(values), shape: [2] });
  // The first is the least, the others lie beside a half or beyond the last one.
  expect(() => halves(2 ** -24, 0.1)).toThrow('formatNpy: every f2 must be a float16, got 0.1');
  expect(() => halves(65520, 1)).toThrow('got 65520 at 0');
  expect(() => halves(2 ** -25, 1)).toThrow('every f2 must be a float16');
});

describe('npyRows and npyLabels', () => {
  test('floats keep their type, integers become float64, and those that no float64 holds are refused', () => {
    expect(npyRows({ dtype: 'f4', data: Float32Array.of(0.1), shape: [1, 1] }).data).toEqual(Float32Array.of(0.1));
    const rows = npyRows({ dtype: 'i8', data: BigInt64Array.of(-3n, 4n), shape: [2] });
    expect(rows).toEqual({ data: Float64Array.of(-3, 4), shape: [2] });
    const large = { dtype: 'i8', data: BigInt64Array.of(1n, 2n ** 53n + 1n), shape: [2] } as const;
    expect(() => npyRows(large)).toThrow('npyRows: every integer must be within 2 ** 53, got 9007199254740993 at 1');
    const unsigned = { dtype: 'u8', data: BigUint64Array.of(2n ** 64n - 1n), shape: [1] } as const;
    expect(() => npyRows(unsigned)).toThrow('must be within 2 ** 53, got 18446744073709551615 at 0');
    const half = { dtype: 'f2', data: Float32Array.of(0.5), shape: [1] } as const;
    expect(npyRows(half).data).toBe(half.data);
    expect(npyRows({ dtype: 'i2', data: Int16Array.of(-3), shape: [1] }).data).toEqual(Float64Array.of(-3));
    expect(() => npyRows({ dtype: 'f8', data: Float64Array.of(1), shape: [] })).toThrow('got a single number');
  });

  test('labels are int32, from any integers of one axis', () => {
    expect(npyLabels({ dtype: 'i8', data: BigInt64Array.of(3n, -1n), shape: [2] })).toEqual(Int32Array.of(3, -1));
    expect(npyLabels({ dtype: 'u8', data: BigUint64Array.of(3n), shape: [1] })).toEqual(Int32Array.of(3));
    expect(npyLabels({ dtype: 'i1', data: Int8Array.of(3), shape: [1] })).toEqual(Int32Array.of(3));
    expect(() => npyLabels({ dtype: 'f2', data: Float32Array.of(1), shape: [1] })).toThrow('got f2 of shape [1]');
    const large = { dtype: 'i8', data: BigInt64Array.of(0n, 2n ** 31n), shape: [2] } as const;
    expect(() => npyLabels(large)).toThrow('npyLabels: every label must be an int32, got 2147483648 in row 1');
    expect(() => npyLabels({ dtype: 'f8', data: Float64Array.of(1), shape: [1] })).toThrow('got f8 of shape [1]');
    expect(() => npyLabels({ dtype: 'u1', data: Uint8Array.of(1), shape: [1, 1] })).toThrow('got u1 of shape [1, 1]');
  });
});

describe('archives', () => {
  test.each(npz.cases.map(({ write, file }) => [write, file]))('parseNpz reads what numpy.%s writes', (_, file) => {
    expect([...parseNpz(decode(file as string))]).toEqual([
      ['x', { dtype: 'f4', data: Float32Array.of(0, 1, 2, 3, 4, 5), shape: [2, 3] }],
      ['labels', { dtype: 'i8', data: BigInt64Array.of(3n, 1n), shape: [2] }],
    ]);
  });

  test('arrays survive formatNpz and parseNpz, and the same arrays give the same bytes', () => {
    const names = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'é', '_', '7', '/') });
    fc.assert(
      fc.property(fc.dictionary(names, arrays, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), (named) => {
        const bytes = formatNpz(named);
        expect(Object.fromEntries(parseNpz(bytes))).toEqual(named);
        expect(Buffer.from(bytes).equals(Buffer.from(formatNpz(named)))).toBe(true);
      }),
    );
  });

  test('formatNpz takes the map that parseNpz gives', () => {
    const bytes = formatNpz({
      a: { data: Float64Array.of(1, 2), shape: [2] },
      b: { data: Int32Array.of(3), shape: [1] },
    });
    expect(formatNpz(parseNpz(bytes))).toEqual(bytes);
    expect(() => formatNpz(new Map())).toThrow('formatNpz: arrays must be at least one, got none');
  });

  test('an archive that is cut short, is none, or holds no array is refused in one line', () => {
    for (const { file } of npz.cases) {
      const bytes = decode(file);
      for (let length = 0; length < bytes.length; length += 7) {
        expect(() => parseNpz(bytes.subarray(0, length))).toThrow(/^parseNpz: [^\n]+$/);
      }
    }
    expect(() => parseNpz(decode((plain[0] as (typeof plain)[0]).file))).toThrow(
      /^parseNpz: bytes must be a whole .npz/,
    );
    expect(() => formatNpz({})).toThrow('formatNpz: arrays must be at least one, got none');
  });

  test('crc32 is that of the catalogue of CRCs, and of what NumPy wrote', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });

  test('with any bit turned, an archive is refused in one line or holds what it held', () => {
    let refused = 0;
    for (const { file } of npz.cases) {
      const bytes = decode(file);
      const arrays = [...parseNpz(bytes)];
      for (let bit = 0; bit < 8 * bytes.length; bit++) {
        const damaged = bytes.slice();
        damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7));
        try {
          expect([...parseNpz(damaged)]).toEqual(arrays);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          expect((error as Error).message).toMatch(/^parseNpz: [ -~]+$/);
          refused++;
        }
      }
    }
    expect(refused).toBeGreaterThan(0);
  });

  test('a bit turned in the data is said to be damage, of the array by its name', () => {
    const [plain, packed] = npz.cases.map(({ file }) => decode(file)) as [Uint8Array, Uint8Array];
    // The last value of the first array, 5 as float32, is followed by the header of the second one.
    const second = Buffer.from(plain).indexOf('PK\x03\x04', 4, 'latin1');
    plain[second - 1] = 0x41;
    expect(() => parseNpz(plain)).toThrow(
      /^parseNpz: array "x": bytes must have the CRC-32 of the archive, [0-9a-f]{8}, got [0-9a-f]{8}: the file is damaged$/,
    );
    const at = Buffer.from(packed).indexOf('PK\x03\x04', 4, 'latin1') - 9;
    packed[at] = (packed[at] as number) ^ 0x10;
    expect(() => parseNpz(packed)).toThrow(/^parseNpz: [ -~]+$/);
  });

  test('an end that counts fewer files than there are is refused', () => {
    const bytes = decode((npz.cases[0] as (typeof npz.cases)[0]).file);
    bytes[bytes.length - 14] = 1;
    expect(() => parseNpz(bytes)).toThrow(/got another \(its directory is damaged\)$/);
  });

  test('what follows the end is refused, and a comment does not', () => {
    const bytes = decode((npz.cases[0] as (typeof npz.cases)[0]).file);
    const commented = Uint8Array.from([...bytes, 72, 105]);
    expect(() => parseNpz(commented)).toThrow(
      'parseNpz: bytes must be a whole .npz file, got another (it has 2 bytes after its end)',
    );
    commented[bytes.length - 2] = 2;
    expect(parseNpz(commented).size).toBe(2);
  });

  test('an array that parseNpy refuses is named', () => {
    const file = formatNpy({ data: Uint8Array.of(1), shape: [1] });
    file.set(new TextEncoder().encode('|u7'), Buffer.from(file).indexOf('|u1'));
    const bytes = zipSync({ 'kept.npy': file });
    expect(() => parseNpz(bytes)).toThrow(/^parseNpz: array "kept": parseNpy: dtype must be one of .* got \|u7$/);
  });
});
