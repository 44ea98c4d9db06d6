import { expect, test } from 'vitest';
import { sha256 } from '../src/sha256.ts';
import { fc } from './fast-check.ts';
import { sha256 as nodeSha256 } from './golden.ts';

test('sha256 gives what Node gives, at every length around the blocks of 64 bytes', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256);
    expect(sha256(bytes), `${length} bytes`).toBe(nodeSha256(bytes));
  }
});

test('sha256 gives what Node gives for any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(sha256(bytes)).toBe(nodeSha256(bytes));
    }),
  );
});

test('sha256 of a view reads the view alone', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  expect(sha256(bytes.subarray(10, 20))).toBe(nodeSha256(bytes.slice(10, 20)));
});
