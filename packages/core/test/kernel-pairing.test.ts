import { describe, expect, test } from 'vitest';
import { createRandom, identity } from '../src/index.ts';
import { kernelBandwidth, kernelPairing } from '../src/methods.ts';
import { readGolden } from './golden.ts';
import { chiSquare, chiSquareLimit } from './statistics.ts';

const { kernels, bandwidths } = readGolden<{
  kernels: { name: string; bandwidth: number; targets: number[][]; law: number[][] }[];
  bandwidths: { targets: number[]; bandwidth: number }[];
}>('pairings');

test.each(kernels.map((golden) => [golden.name, golden.bandwidth, golden] as const))(
  "the law is that of scikit-learn's rows x rows kernel: %s, bandwidth %f",
  (_, bandwidth, { targets, law }) => {
    const pairing = kernelPairing(targets, { bandwidth });
    const random = createRandom(1);
    const draws = 4000;
    let statistic = 0;
    let cells = 0;
    for (const [row, chances] of law.entries()) {
      const counts = new Float64Array(targets.length);
      for (const partner of pairing(random, new Int32Array(draws).fill(row)))
        counts[partner] = (counts[partner] ?? 0) + 1;
      // Cells that expect fewer than 5 are one cell, as the law of chi-square needs.
      const rare = chances.map((_, i) => i).filter((i) => (chances[i] as number) * draws < 5);
      const kept = chances.map((_, i) => i).filter((i) => (chances[i] as number) * draws >= 5);
      const [seen, want] = [kept.map((i) => counts[i] as number), kept.map((i) => (chances[i] as number) * draws)];
      const rest = rare.reduce((sum, i) => sum + (chances[i] as number) * draws, 0);
      if (rest >= 5) {
        seen.push(rare.reduce((sum, i) => sum + (counts[i] as number), 0));
        want.push(rest);
      }
      // What the kernel calls impossible in double precision never comes.
      for (const i of rare) if (chances[i] === 0) expect(counts[i]).toBe(0);
      statistic += chiSquare(seen, (cell) => want[cell] as number);
      cells += seen.length - 1;
    }
    // With a narrow kernel and distinct labels every row meets itself alone: nothing is left to chance.
    if (cells === 0) expect(statistic).toBeLessThan(5);
    else expect(statistic).toBeLessThan(chiSquareLimit(cells));
  },
);

test('the law holds for each pair where it has many runs: 400 labels of three scales against the whole matrix', () => {
  const random = createRandom(7);
  const scales = [1, 10, 1000];
  const targets = Float64Array.from({ length: 400 }, (_, i) => random() * (scales[i % 3] as number));
  const bandwidth = 0.7;
  const draws = 100;
  const index = Int32Array.from({ length: 400 * draws }, (_, i) => i % 400);
  const partner = kernelPairing(targets, { bandwidth })(random, index);
  // Counts of partners by distance, in quarters of a bandwidth, against the sum of all rows' laws.
  const cell = (row: number, other: number) =>
    Math.min(11, Math.floor((4 * Math.abs((targets[row] as number) - (targets[other] as number))) / bandwidth));
  const [seen, want] = [new Float64Array(12), new Float64Array(12)];
  const add = (counts: Float64Array, at: number, amount: number) => {
    counts[at] = (counts[at] as number) + amount;
  };
  for (const [i, row] of index.entries()) add(seen, cell(row, partner[i] as number), 1);
  for (const [row, own] of targets.entries()) {
    const weights = targets.map((other) => Math.exp(-((own - other) ** 2) / (2 * bandwidth ** 2)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [other, weight] of weights.entries()) add(want, cell(row, other), (draws * weight) / total);
  }
  expect(Math.min(...want)).toBeGreaterThan(5);
  // The rows' laws differ, so the variance of a count is below the multinomial's: the limit is on the safe side.
  expect(chiSquare(seen, (at) => want[at] as number)).toBeLessThan(chiSquareLimit(11));
});

test.each([
  ['two columns, few leaves within reach', 2, 0.02],
  ['two columns, every leaf within reach', 2, 0.7],
  ['three columns, of which one has two values', 3, 0.15],
])('the law holds where rows lie in many boxes: %s, against the whole matrix', (_, columns, bandwidth) => {
  const random = createRandom(7);
  const rows = 3000;
  const value = (i: number) => (i % 3 === 2 ? Math.round(random()) : random() ** 2);
  const data = Float64Array.from({ length: rows * columns }, (_, i) => value(i % columns));
  const draws = 20;
  const index = Int32Array.from({ length: rows * draws }, (_, i) => i % rows);
  const partner = kernelPairing({ data, shape: [rows, columns] }, { bandwidth })(random, index);
  // Counts of partners by distance, in quarters of a bandwidth, and by the side on which they lie in the first column.
  const square = (row: number, other: number) => {
    let sum = 0;
    for (let c = 0; c < columns; c++)
      sum += ((data[row * columns + c] as number) - (data[other * columns + c] as number)) ** 2;
    return sum / bandwidth ** 2;
  };
  const cell = (row: number, other: number) =>
    2 * Math.min(11, Math.floor(4 * Math.sqrt(square(row, other)))) +
    ((data[other * columns] as number) > (data[row * columns] as number) ? 1 : 0);
  const [seen, want] = [new Float64Array(24), new Float64Array(24)];
  const add = (counts: Float64Array, at: number, amount: number) => {
    counts[at] = (counts[at] as number) + amount;
  };
  for (const [i, row] of index.entries()) add(seen, cell(row, partner[i] as number), 1);
  const weights = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let total = 0;
    for (let other = 0; other < rows; other++) {
      weights[other] = Math.exp(-0.5 * square(row, other));
      total += weights[other] as number;
    }
    for (let other = 0; other < rows; other++)
      add(want, cell(row, other), (draws * (weights[other] as number)) / total);
  }
  const kept = want.map((_, at) => at).filter((at) => (want[at] as number) >= 5);
  expect(kept.length).toBeGreaterThan(12);
  // The rows' laws differ, so the variance of a count is below the multinomial's: the limit is on the safe side.
  const statistic = chiSquare(
    Float64Array.from(kept, (at) => seen[at] as number),
    (at) => want[kept[at] as number] as number,
  );
  expect(statistic).toBeLessThan(chiSquareLimit(kept.length - 1));
});

test.each([
  ['two columns', 2, undefined, 4],
  ['two columns, one of two values, far below the distance of rows', 2, 0.001, 25],
  ['three columns', 3, undefined, 40],
])('no row asks for many draws, in whatever order they come: 20,000 rows of %s', (_, columns, bandwidth, tries) => {
  const normal = createRandom(1);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - normal())) * Math.cos(2 * Math.PI * normal());
  const rows = 20_000;
  const value = (i: number) => (bandwidth && i % columns === 0 ? Math.round(normal()) : gauss());
  const data = Float64Array.from({ length: rows * columns }, (_, i) => value(i));
  const source = createRandom(0);
  let draws = 0;
  const random = () => {
    draws++;
    return source();
  };
  const pairing = kernelPairing({ data, shape: [rows, columns] }, bandwidth === undefined ? {} : { bandwidth });
  const partner = pairing(random, identity(rows));
  expect(draws).toBeLessThan(3 * tries * rows);
  expect(partner.every((row) => row >= 0 && row < rows)).toBe(true);
});

test.each([
  ['spread evenly', (i: number) => i / 7],
  ['all the same', () => 3],
  ['so far apart that each row is alone', (i: number) => i * 1e6],
  ['of a heavy tail', (i: number) => Math.tan(((i + 0.5) / 100_000) * 3.1)],
])('no row asks for many draws, however labels lie: 100,000 %s', (_, target) => {
  const targets = Float64Array.from({ length: 100_000 }, (_, i) => target(i));
  const source = createRandom(0);
  let draws = 0;
  const random = () => {
    draws++;
    return source();
  };
  kernelPairing(targets, { bandwidth: 1 })(random, identity(100_000));
  // Three a try: a run, a row of it, and whether to keep it.
  expect(draws).toBeLessThan(3 * 2 * 100_000);
});

describe('kernelBandwidth', () => {
  test.each(bandwidths)("is Silverman's rule as NumPy computes it (%#)", ({ targets, bandwidth }) => {
    // A mean and a sum of squares in another order: 200 roundings.
    expect(Math.abs(kernelBandwidth(targets) / bandwidth - 1)).toBeLessThan(200 * 2 ** -52);
  });

  test('is what kernelPairing takes where nothing is said', () => {
    const targets = [0, 1, 1.5, 4, 9, 9.5];
    const bandwidth = kernelBandwidth(targets);
    const index = Int32Array.from({ length: 600 }, (_, i) => i % 6);
    const drawn = (pairing: ReturnType<typeof kernelPairing>) => pairing(createRandom(3), index);
    expect(drawn(kernelPairing(targets))).toEqual(drawn(kernelPairing(targets, { bandwidth })));
    expect(drawn(kernelPairing(targets))).not.toEqual(drawn(kernelPairing(targets, { bandwidth: 2 * bandwidth })));
  });

  test('scales with the labels, survives ties, and is 1 for constant ones', () => {
    expect(kernelBandwidth([0, 10, 20, 70])).toBeCloseTo(10 * kernelBandwidth([0, 1, 2, 7]), 12);
    expect(kernelBandwidth([0, 0, 0, 0, 0, 5])).toBeGreaterThan(0);
    expect(kernelBandwidth([4, 4, 4])).toBe(1);
    expect(kernelBandwidth([4])).toBe(1);
    expect(
      kernelBandwidth([
        [0, 10],
        [10, 20],
        [30, 0],
      ]),
    ).toBeCloseTo(
      10 *
        kernelBandwidth([
          [0, 1],
          [1, 2],
          [3, 0],
        ]),
      12,
    );
  });
});

test.each([
  [() => kernelPairing([1, 2], { bandwidth: 0 }), 'kernelPairing: bandwidth must be > 0 and finite, got 0'],
  [() => kernelPairing([1, 2], { bandwidth: Number.NaN }), 'kernelPairing: bandwidth must be > 0 and finite, got NaN'],
  [
    () => kernelPairing([1e300, 2], { bandwidth: 1e-10 }),
    'kernelPairing: labels must be finite in units of the bandwidth, got Infinity at 1e-10',
  ],
  [() => kernelPairing([]), 'kernelPairing: targets must have a row, got none'],
  [
    () => kernelPairing([1, Number.NaN]),
    'kernelPairing: targets: every value must be finite, got NaN in row 1, value 0',
  ],
  [
    () => kernelPairing([1, 2])(createRandom(0), Int32Array.of(2)),
    'kernelPairing: index must be rows in [0, 2), got 2',
  ],
])('what is out of range is refused (%#)', (call, message) => {
  expect(call).toThrow(new RangeError(message));
});
