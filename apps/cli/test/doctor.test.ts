/** `mixup doctor` from end to end: the built program, in processes of its own. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import { describe, expect, test } from 'vitest';
import { checkBits, expectedBits } from '../src/bits.ts';
import { type Checkup, examine } from '../src/checkup.ts';
import { drawCheckup } from '../src/doctor.ts';
import { mixup } from './bin.ts';

const usual = { nodeVersion: 'v20.19.0', draws: 1000, seed: 0 };
const plain = { colours: createColors(false) };

test('a table on stdout, nothing on stderr, exit code 0: the sampler conforms for each alpha from 0.001 to 1000', async () => {
  const { stdout, stderr, exitCode } = await mixup(['doctor']);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  for (const alpha of ['0.001', '0.01', '0.1', '0.2', '1', '8', '32', '1000']) {
    expect(stdout).toMatch(new RegExp(`^  ok    ${alpha.replace('.', '\\.')} +0\\.\\d{4} +0\\.0194 `, 'm'));
  }
  expect(stdout).toMatch(/^ {2}ok {4}wasm /m);
  expect(stdout).toMatch(/^All is well\.$/m);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(90);
});

test('--json is one document with the same', async () => {
  const { stdout, exitCode } = await mixup(['doctor', '--json', '--draws', '500', '--seed', '3']);
  expect(exitCode).toBe(0);
  const checkup = JSON.parse(stdout) as Checkup;
  expect(checkup).toMatchObject({ schema: 1, healthy: true, simd: true, node: { version: process.version } });
  expect(checkup.sampler.map(({ a, draws }) => [a, draws])).toEqual(
    [0.001, 0.01, 0.1, 0.2, 1, 8, 32, 1000].map((a) => [a, 500]),
  );
  expect(Object.fromEntries(checkup.bits.map(({ name, sha256 }) => [name, sha256]))).toEqual(expectedBits);
});

test.each([
  ['baseline compilers alone', ['--liftoff-only', '--no-opt']],
  ['the optimising compiler at once', ['--no-liftoff', '--always-turbofan']],
])('the bits are the same with %s', async (_, flags) => {
  const bin = fileURLToPath(new URL('../bin/mixup.js', import.meta.url));
  const child = spawn(process.execPath, [...flags, bin, 'doctor', '--json', '--draws', '100']);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect((JSON.parse(text) as Checkup).bits.map(({ name, same }) => [name, same])).toEqual([
    ['lambdas', true],
    ['mixing', true],
    ['training', true],
  ]);
});

test('each digest is another, and is that of what it names', async () => {
  expect(new Set(Object.values(expectedBits)).size).toBe(3);
  expect((await checkBits()).every(({ same, sha256 }) => same && /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
});

describe('what is wrong is seen', () => {
  test.each([
    ['v20.18.9', false],
    ['v18.20.0', false],
    ['v20.19.0', true],
    ['v26.1.0', true],
  ])('Node %s is enough: %s', async (nodeVersion, enough) => {
    const checkup = await examine({ ...usual, nodeVersion });
    expect(checkup.node.enough).toBe(enough);
    expect(checkup.healthy).toBe(enough);
    expect(drawCheckup(checkup, plain)).toMatch(
      enough ? /^ {2}ok {4}Node /m : /^ {2}FAIL {2}Node .*install v20\.19 or later$/m,
    );
  });

  test('a law that does not conform, a digest that differs, a missing kernel: each has a line with FAIL', async () => {
    const checkup = await examine(usual);
    const [law, ...laws] = checkup.sampler;
    const [bit, ...bits] = checkup.bits;
    if (!law || !bit) throw new Error('nothing was examined');
    const sick: Checkup = {
      ...checkup,
      healthy: false,
      sampler: [{ ...law, conforms: false }, ...laws],
      bits: [{ ...bit, same: false, sha256: 'f'.repeat(64) }, ...bits],
      engines: [
        { engine: 'wasm', usable: false, why: 'no WebAssembly SIMD' },
        { engine: 'tfjs', backend: 'node', usable: false, why: 'not installed' },
      ],
    };
    const text = drawCheckup(sick, plain);
    expect(text).toMatch(/^ {2}FAIL {2}0\.001 /m);
    expect(text).toMatch(new RegExp(`^  FAIL  ${bit.name} +f{16}, expected ${bit.expected.slice(0, 16)}$`, 'm'));
    expect(text).toMatch(/^ {2}FAIL {2}wasm /m);
    expect(text).toMatch(/^ {2}- {5}tfjs node +not installed$/m);
    expect(text).toMatch(/^Something is wrong/m);
    expect(text.match(/FAIL/g)).toHaveLength(4);
  });

  test('a program without WebAssembly says so and ends with 1', async () => {
    const bin = fileURLToPath(new URL('../bin/mixup.js', import.meta.url));
    const child = spawn(process.execPath, ['--jitless', bin, 'doctor', '--draws', '100']);
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^ {2}FAIL {2}WebAssembly SIMD /m);
    expect(text).toMatch(/^ {2}FAIL {2}wasm /m);
    expect(text).toMatch(/^ {2}ok {4}0\.2 /m);
  });
});

test.each([
  [['--draws', '99'], /^mixup: --draws must be an integer in \[100, 10000000\], got "99"\n$/],
  [['--draws', '1e4'], /^mixup: --draws must be an integer in /],
  [['--seed', '-1'], /^mixup: --seed must be an integer in \[0, \d+\], got "-1"\n$/],
])('%j is refused in one line, exit code 2', async (words, line) => {
  const { stdout, stderr, exitCode } = await mixup(['doctor', ...words]);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  expect(stderr).toMatch(line);
});
