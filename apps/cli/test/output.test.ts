/** Where `mixup augment -o` writes: nothing but that is touched, and it is whole or as it was. */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAugmentOptions } from '../src/augment-options.ts';
import { openOutput } from '../src/output.ts';
import { emptyFolder, mixup } from './bin.ts';

const table = 'a,label\n1.5,x\n2.5,y\n3.5,x\n';
const header = 'a,label=x,label=y';

let cwd: string;
beforeEach(() => {
  cwd = emptyFolder();
  write('ok.csv', table);
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
const makePipe = () => execFileSync('sh', ['-c', 'mkfifo pipe'], { cwd });
const augment = (...words: string[]) => mixup(['augment', ...words, '--target', 'label', '-q'], { cwd });

test('a pipe is written into, and stays one', async () => {
  makePipe();
  const reader = spawn('cat', [join(cwd, 'pipe')], { timeout: 10_000 });
  let got = '';
  reader.stdout.setEncoding('utf8').on('data', (text: string) => {
    got += text;
  });
  const closed = new Promise((resolve) => reader.on('close', resolve));
  expect(await augment('ok.csv', '-o', 'pipe')).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  // Where there is still a pipe the reader has seen its end.
  expect(statSync(join(cwd, 'pipe')).isFIFO()).toBe(true);
  await closed;
  expect(got.split('\n')[0]).toBe(header);
  expect(got.trimEnd().split('\n')).toHaveLength(7);
  expect(readdirSync(cwd).sort()).toEqual(['ok.csv', 'pipe']);
}, 20_000);

test('a pipe that nobody reads is waited for, until that is given up', async () => {
  makePipe();
  const stop = new AbortController();
  const opening = openOutput(join(cwd, 'pipe'), {
    input: join(cwd, 'ok.csv'),
    stdout: process.stdout,
    exits: process,
    signal: stop.signal,
  });
  stop.abort();
  await expect(opening).rejects.toThrow(/abort/);
});

test('/dev/stdout is stdout, whatever that is', () => {
  expect(parseAugmentOptions(['x.csv'], { target: 'label', out: '/dev/stdout' }).out).toBe('-');
});

test('a file that happens to be named as the output with .part is read, or left, as it is', async () => {
  write('d.csv.part', table);
  expect((await augment('d.csv.part', '-o', 'd.csv')).exitCode).toBe(0);
  expect(read('d.csv.part')).toBe(table);
  expect(read('d.csv').split('\n')[0]).toBe(header);
  write('e.csv.part', 'ten years of work');
  expect((await augment('ok.csv', '-o', 'e.csv')).exitCode).toBe(0);
  expect(read('e.csv.part')).toBe('ten years of work');
  expect(readdirSync(cwd).sort()).toEqual(['d.csv', 'd.csv.part', 'e.csv', 'e.csv.part', 'ok.csv']);
});

describe('the input by another name is refused, and stays as it is', () => {
  test.each<[string, () => string]>([
    [
      'a link',
      () => {
        symlinkSync('ok.csv', join(cwd, 'link.csv'));
        return 'link.csv';
      },
    ],
    [
      'a second name',
      () => {
        linkSync(join(cwd, 'ok.csv'), join(cwd, 'same.csv'));
        return 'same.csv';
      },
    ],
    [
      'a linked folder',
      () => {
        symlinkSync('.', join(cwd, 'here'));
        return 'here/ok.csv';
      },
    ],
  ])('%s', async (_, make) => {
    const out = make();
    const { stderr, exitCode } = await augment('ok.csv', '-o', out);
    expect(stderr).toMatch(/^mixup: --out must be another file than ok\.csv, [^\n]+\n$/);
    expect(exitCode).toBe(2);
    expect(read('ok.csv')).toBe(table);
  });

  test('stdout', async () => {
    const script = 'exec "$0" "$1" augment ok.csv --target label >> ok.csv';
    const bin = fileURLToPath(new URL('../bin/mixup.js', import.meta.url));
    const child = spawn('sh', ['-c', script, process.execPath, bin], { cwd, timeout: 10_000 });
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    expect(exitCode).toBe(2);
    expect(read('ok.csv')).toBe(table);
  });
});

test('through a link the file behind it is written, there or not yet there, and the link stays', async () => {
  mkdirSync(join(cwd, 'far'));
  for (const name of ['old.csv', 'new.csv']) symlinkSync(`far/${name}`, join(cwd, name));
  write('far/old.csv', 'old');
  for (const name of ['old.csv', 'new.csv']) {
    expect((await augment('ok.csv', '-o', name)).exitCode).toBe(0);
    expect(lstatSync(join(cwd, name)).isSymbolicLink()).toBe(true);
    expect(read(`far/${name}`).split('\n')[0]).toBe(header);
  }
  expect(readdirSync(join(cwd, 'far')).sort()).toEqual(['new.csv', 'old.csv']);
});

test('an output that is there keeps its mode', async () => {
  write('out.csv', 'old');
  chmodSync(join(cwd, 'out.csv'), 0o640);
  expect((await augment('ok.csv', '-o', 'out.csv')).exitCode).toBe(0);
  expect(read('out.csv').split('\n')[0]).toBe(header);
  expect(statSync(join(cwd, 'out.csv')).mode & 0o777).toBe(0o640);
});

test('an output that is there is as it was when the input is refused', async () => {
  write('out.csv', 'old');
  write('bad.csv', 'a,label\n1\n');
  expect((await augment('bad.csv', '-o', 'out.csv')).exitCode).toBe(1);
  expect(read('out.csv')).toBe('old');
  expect(readdirSync(cwd).sort()).toEqual(['bad.csv', 'ok.csv', 'out.csv']);
});

test.each<[string, number, RegExp]>([
  [
    'nodir/x.csv',
    1,
    /^mixup: nodir\/x\.csv can't be written: there is no folder nodir; make it, or choose another --out\n$/,
  ],
  ['ok.csv/x.csv', 1, /^mixup: ok\.csv\/x\.csv can't be written: not a directory; choose another --out\n$/],
  ['.', 2, /^mixup: --out must name a file, got the folder \.\n$/],
  ['new/', 2, /^mixup: --out must name a file, got the folder new\/\n$/],
])('-o %s is refused before anything is read', async (out, code, line) => {
  // The fault of the input would be told first.
  write('bad.csv', 'a,label\n1\n');
  const { stdout, stderr, exitCode } = await augment('bad.csv', '-o', out);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: code });
  expect(stderr).toMatch(line);
});

test('an input that can be read only once is refused, with the way to give it', async () => {
  makePipe();
  const { stderr, exitCode } = await augment('pipe', '-o', 'out.csv');
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^mixup: pipe must be a file, as it is read twice; for a pipe: mixup augment - < pipe\n$/);
}, 20_000);
