import { describe, expect, test } from 'vitest';
import { createRandom, identity, mixLabels, mixRows, oneHot, smoothLabels } from '../src/index.ts';
import { createPreset, mixImages, type PresetName, presetNames } from '../src/methods.ts';
import { readGolden } from './golden.ts';
import { replay } from './replay.ts';

interface Case {
  readonly preset: PresetName;
  readonly shape: readonly [number, number, number, number];
  readonly x: readonly number[];
  readonly classes: readonly number[];
  readonly betas: readonly number[];
  readonly order: readonly number[] | null;
  readonly mixed: readonly number[];
  readonly mixedLabels: readonly number[];
}

const { cases } = readGolden<{ cases: Case[] }>('presets');

/** The libraries round two products and a sum, and 1 - lambda, to float32: each is off by 2 ** -24 of what it holds. */
const roundings = (values: readonly number[]) => 4 * 2 ** -24 * Math.max(...values.map(Math.abs));

function farthest(a: ArrayLike<number>, b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...b.map((value, i) => Math.abs(value - (a[i] as number))));
}

test.each(cases.map((golden, i) => [golden.preset, i, golden] as const))(
  "preset %s makes the library's blends and labels of the library's lambdas and partners (%i)",
  (preset, _, golden) => {
    const { method, smoothing } = createPreset(preset, { classes: golden.classes });
    const random = replay(golden);
    const plan = method(random, identity(golden.shape[0]));
    expect(random.left()).toBe(0);
    const x = { data: Float32Array.from(golden.x), shape: golden.shape };
    expect(farthest(mixRows(x, plan).data, golden.mixed)).toBeLessThanOrEqual(roundings(golden.x));
    expect(mixImages(x, plan)).toEqual(mixRows(x, plan));
    const y = mixLabels(smoothLabels(oneHot(golden.classes, 3), smoothing), plan);
    expect(farthest(y.data, golden.mixedLabels)).toBeLessThanOrEqual(roundings([1]));
  },
);

test('the golden cases cover every preset but article and cmixup, which have golden files of their own', () => {
  expect([...new Set([...cases.map(({ preset }) => preset), 'article', 'cmixup'])].sort()).toEqual(
    [...presetNames].sort(),
  );
});

describe("preset 'article'", () => {
  interface Batch {
    readonly x: number[][];
    readonly y: number[][];
    readonly index: number[];
    readonly partner: number[];
    readonly lambda: number[];
  }
  const { cases } = readGolden<{ cases: { data: number[][]; labels: number[]; classes: number; batches: Batch[] }[] }>(
    'generator',
  );

  test("makes the generator's blends and labels of 2B rows", () => {
    const { method } = createPreset('article');
    for (const { data, labels, classes, batches } of cases) {
      for (const { x, y, index, partner, lambda } of batches) {
        const plan = method(replay({ betas: lambda }), Int32Array.of(...index, ...partner));
        expect([...plan.index]).toEqual(index);
        expect([...plan.partner]).toEqual(partner);
        // The same three operations in double precision.
        expect([...mixRows(data, plan).data]).toEqual(x.flat());
        expect([...mixLabels(oneHot(labels, classes), plan).data]).toEqual(y.flat());
      }
    }
  });

  test.each([0, 1, 7])('refuses a batch of %i rows', (rows) => {
    expect(() => createPreset('article').method(createRandom(0), identity(rows))).toThrow(
      new RangeError(`article: a batch must have an even number of rows, two for each mixed one, got ${rows}`),
    );
  });
});

test("preset 'cmixup' meets rows of near labels, with one lambda for the batch", () => {
  const targets = Float64Array.from({ length: 200 }, (_, i) => i % 10);
  const plan = createPreset('cmixup', { targets, bandwidth: 0.01 }).method(createRandom(0), identity(200));
  for (const [i, partner] of plan.partner.entries()) expect(targets[partner]).toBe(targets[i]);
  expect(new Set(plan.lambda).size).toBe(1);
});

test('alpha and p of a preset can be set', () => {
  for (const name of presetNames) {
    const [classes, targets] = [identity(8), identity(8)];
    const plain = createPreset(name, { p: 0, classes, targets }).method(createRandom(0), identity(8));
    expect(plain.lambda.every((lambda) => lambda === 1)).toBe(true);
    const still = createPreset(name, { alpha: 0, classes, targets }).method(createRandom(0), identity(8));
    expect(still.lambda.every((lambda) => lambda === 1)).toBe(true);
  }
});

test.each([
  ['nope' as PresetName, `createPreset: name must be one of ${presetNames.join(', ')}, got nope`],
  ['toString' as PresetName, `createPreset: name must be one of ${presetNames.join(', ')}, got toString`],
  ['remix' as const, "createPreset: 'remix' needs classes, one for each row of the source"],
  ['cmixup' as const, "createPreset: 'cmixup' needs targets, one for each row of the source"],
])('preset %s without more is refused', (name, message) => {
  expect(() => createPreset(name)).toThrow(new RangeError(message));
});
