/** Targets of `mixup augment`: what is a number and what is a class, whatever its values look like. */
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { mixup } from './bin.ts';

type Row = Record<string, string>;
const rowsOf = (text: string): Row[] => parse(text, { columns: true });

/** Augment a text with `--target y --alpha 1`. */
async function augment(stdin: string, ...flags: string[]) {
  const { stdout, stderr, exitCode } = await mixup(['augment', '-', '--target', 'y', '--alpha', '1', ...flags], {
    stdin,
  });
  expect({ stderr, exitCode }).toMatchObject({ exitCode: 0 });
  const [own, mixed] = [0, 1].map((rest) => rowsOf(stdout).filter((_, i) => i % 2 === rest)) as [Row[], Row[]];
  return { stdout, stderr, own, mixed };
}

describe('a target that is a number is blended and never rounded, though all its values are whole', () => {
  test('with --task regression, a target of 0 and 1 moves with its features', async () => {
    const { stderr, mixed } = await augment('x,y\n0.5,0\n1.5,1\n0.5,0\n1.5,1\n', '--task', 'regression');
    expect(stderr).toMatch(/^ {2}y {2}target, numbers: blended and never rounded$/m);
    // Each rounds its own products, of numbers below 2.
    for (const { x, y } of mixed) expect(Math.abs(Number(x) - Number(y) - 0.5)).toBeLessThan(4 * Number.EPSILON);
    expect(mixed.some(({ y }) => !Number.isInteger(Number(y)))).toBe(true);
  });

  test('so too once auto has decided for a number; whole numbers among the features are rounded', async () => {
    const text = `x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${100 * i}\n`).join('')}`;
    const { stderr, own, mixed } = await augment(text);
    expect(stderr).toMatch(/^ {2}x {2}whole numbers: blended and rounded$/m);
    expect(stderr).toMatch(/^ {2}y {2}target, numbers: blended and never rounded$/m);
    expect(own.map(({ x, y }) => `${x},${y}`)).toEqual(text.trim().split('\n').slice(1));
    expect(mixed.every(({ x }) => Number.isInteger(Number(x)))).toBe(true);
    for (const { x, y } of mixed) expect(Math.abs(Number(y) - 100 * Number(x))).toBeLessThanOrEqual(50);
    expect(mixed.some(({ y }) => !Number.isInteger(Number(y)))).toBe(true);
  });
});

describe('a class is one, in whatever way it is written', () => {
  test('spaces around a value do not count; own rows are copied with them', async () => {
    const text = 'x,y\n0.5, yes\n1.5,yes\n2.5,no \n3.5,no\n';
    const soft = await augment(text);
    expect(soft.stderr).toMatch(/^ {2}y {2}target, 2 classes: one column of weights each, from y=no on$/m);
    expect(soft.stdout.split('\n')[0]).toBe('x,y=no,y=yes');
    expect(soft.own.map((row) => row['y=yes'])).toEqual(['1', '1', '0', '0']);
    const hard = await augment(text, '--labels', 'hard');
    expect(hard.own.map(({ x, y }) => `${x},${y}\n`).join('')).toBe(text.slice('x,y\n'.length));
    for (const { y } of hard.mixed) expect(y).toMatch(/^(yes|no)$/);
  });

  test('where all values are whole numbers their form does not count', async () => {
    const text = 'x,y\n0.5,1\n1.5,1.0\n2.5,0\n3.5, +0\n4.5,1e1\n5.5,10\n';
    const soft = await augment(text);
    expect(soft.stdout.split('\n')[0]).toBe('x,y=0,y=1,y=10');
    expect(soft.own.map((row) => row['y=1'])).toEqual(['1', '1', '0', '0', '0', '0']);
    const hard = await augment(text, '--labels', 'hard');
    expect(hard.own.map(({ x, y }) => `${x},${y}\n`).join('')).toBe(text.slice('x,y\n'.length));
    for (const { y } of hard.mixed) expect(y).toMatch(/^(0|1|10)$/);
  });

  test('21 forms of 2 numbers are 2 classes to auto', async () => {
    const text = `x,y\n${Array.from({ length: 21 }, (_, i) => `${i / 2},1.${'0'.repeat(i)}\n`).join('')}9,0\n`;
    expect((await augment(text)).stderr).toMatch(/^ {2}y {2}target, 2 classes/m);
  });

  test.each([
    ['each number has one form', '1.0', '2.0', []],
    ['one is no whole number', '3.1', '3.10', ['--task', 'classification']],
    ['--categorical names the column', '1', '1.0', ['--categorical', 'y']],
  ])('a form is kept where %s', async (_, one, other, flags) => {
    const { stdout } = await augment(`x,y\n0.5,${one}\n1.5,${other}\n`, ...flags);
    expect(stdout.split('\n')[0]).toBe(`x,y=${one},y=${other}`);
  });
});
