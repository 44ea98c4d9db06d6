/** `mixup augment` in little memory: it grows neither with rows, nor with columns, nor with mixtures. */
import { createWriteStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAugmentOptions, type TypedAugmentOptions } from '../src/augment-options.ts';
import { partnerCells, rowsWithin } from '../src/room.ts';
import { survey } from '../src/survey.ts';
import { emptyFolder, mixup } from './bin.ts';

let folder: string;
beforeAll(() => {
  folder = emptyFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

const heapOf = (megabytes: number) => ({ NODE_OPTIONS: `--max-old-space-size=${megabytes}` });

/** Write a table of numbers with three classes, and name it. */
function table(name: string, rows: number, columns: number, cell: (at: number) => unknown): string {
  const path = join(folder, name);
  const line = (cells: (k: number) => unknown, label: string) =>
    [...Array.from({ length: columns }, (_, k) => cells(k)), label].join(',');
  const lines = Array.from({ length: rows }, (_, i) => line((k) => cell(i * columns + k), 'xyz'[i % 3] as string));
  writeFileSync(path, [line((k) => `c${k}`, 'label'), ...lines, ''].join('\n'));
  return path;
}

test('nor with --ratio: 20,000 mixtures of one block, 19 MB, pass through a heap of 32 MB', async () => {
  const path = table('many.csv', 100, 50, Math.sin);
  const out = join(folder, 'many-out.csv');
  const words = ['augment', path, '--target', 'label', '--ratio', '200', '-o', out];
  const { exitCode, stderr } = await mixup(words, { env: heapOf(32) });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/ 20000 mixed ones/) });
  expect(readFileSync(out, 'utf8').split('\n')).toHaveLength(1 + 100 + 20_000 + 1);
}, 60_000);

test('nor with the columns: 400 rows of 3072 pass through a heap of 64 MB', async () => {
  const path = table('wide.csv', 400, 3072, (at) => (at * 7919) % 9973);
  const words = ['augment', path, '--target', 'label', '--reservoir', '20', '-o', join(folder, 'wide-out.csv')];
  const { exitCode, stderr } = await mixup(words, { env: heapOf(64) });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/ 400 mixed ones/) });
}, 60_000);

test('partners of many columns are fewer: 4,194,304 cells at most, where --reservoir says nothing', async () => {
  const header = [...Array.from({ length: 3072 }, (_, k) => `c${k}`), 'label'];
  async function* blocks() {
    yield { header, rows: Array<string[]>(1400).fill([...Array<string>(3072).fill('0.5'), 'x']), bytes: 1 };
  }
  const partnersOf = async (typed: TypedAugmentOptions) => {
    const request = parseAugmentOptions(['pixels.csv'], { target: 'label', ...typed });
    return (await survey(blocks(), request, { name: 'pixels.csv', heapBytes: 2 ** 31 })).partners.length;
  };
  expect(await partnersOf({})).toBe(1364);
  expect(await partnersOf({ reservoir: '10000' })).toBe(1400);
  expect(rowsWithin(partnerCells, 419, 10_000)).toBe(10_000);
});

test("a reservoir that memory can't hold is told in one line", async () => {
  const path = table('deep.csv', 10_000, 100, Math.sin);
  const words = ['augment', path, '--target', 'label', '--reservoir', '1000000', '-q'];
  const { stdout, stderr, exitCode } = await mixup(words, { env: heapOf(64) });
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toMatch(
    /^mixup: .*deep\.csv: \d+ rows to draw partners from take too much memory; set a smaller --reservoir, .*\n$/,
  );
}, 60_000);

test('memory does not grow with the file: 300,000 rows, 30 MB, pass through a heap of 48 MB', async () => {
  const path = join(folder, 'large.csv');
  const stream = createWriteStream(path);
  stream.write('id,a,b,c,city,label\n');
  for (let i = 0; i < 300; i++) {
    const block = Array.from({ length: 1000 }, (_, k) => {
      const n = i * 1000 + k;
      return `${n},${Math.sin(n)},${Math.cos(n)},${Math.sqrt(n)},town ${n % 5000},${'xyz'[n % 3]}\n`;
    });
    if (!stream.write(block.join(''))) await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
  }
  stream.end();
  await finished(stream);
  const out = join(folder, 'large-out.csv');
  const { exitCode, stderr } = await mixup(['augment', path, '--target', 'label', '-o', out], { env: heapOf(48) });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/300000 mixed ones/) });
  expect(existsSync(`${out}.part`)).toBe(false);
  const lines = readFileSync(out, 'utf8').split('\n');
  expect(lines).toHaveLength(600_002);
}, 180_000);
