/**
 * The statistics against SciPy, NumPy and whole-number counting.
 *
 * 1e-10 relative, as asked for. Where a bound is a difference that cancels, relative to the larger of its two terms.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { correctedT } from '../src/correctedt.ts';
import { areaUnderCurve, bandByEpoch, meanByEpoch } from '../src/curve.ts';
import { type MeanInterval, meanInterval } from '../src/interval.ts';
import { pairedT, type TTest } from '../src/pairedt.ts';
import { signFlipTest } from '../src/signflip.ts';
import { studentTCdf, studentTQuantile } from '../src/student.ts';

interface Bounds {
  readonly mean: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

interface Test {
  readonly differences: number[];
  readonly t: number;
  readonly df: number;
  readonly p: number;
  readonly low: number;
  readonly high: number;
}

interface Golden {
  readonly student: Record<'quantile' | 'cdf', [df: number, at: number, value: number][]>;
  readonly interval: ({ readonly values: number[]; readonly confidence: number } & Bounds)[];
  readonly pairedT: Test[];
  readonly correctedT: (Test & { readonly trainRows: number; readonly testRows: number })[];
  readonly permutation: { readonly differences: number[]; readonly p: number }[];
  readonly signFlip: { readonly counts: number[]; readonly p: number }[];
  readonly area: { readonly values: number[]; readonly area: number }[];
  readonly band: { readonly histories: number[][]; readonly epochs: Bounds[] };
}

const golden: Golden = JSON.parse(readFileSync(new URL('./golden/statistics.golden.json', import.meta.url), 'utf8'));

/** |actual - expected| in units of what 1e-10 relative allows; at most 1 is good. */
function excess(actual: number | null, expected: number, scale = Math.abs(expected)): number {
  if (actual === expected) return 0;
  return actual === null ? Infinity : Math.abs(actual - expected) / (1e-10 * scale);
}

/** The entries that are off, so that a failure shows which. */
function off<T>(entries: readonly T[], measure: (entry: T) => number): T[] {
  return entries.filter((entry) => !(measure(entry) <= 1));
}

function excessOfBounds(actual: MeanInterval, { mean, standardError, low, high }: Bounds): number {
  const scale = Math.max(Math.abs(low), Math.abs(high));
  return Math.max(
    excess(actual.mean, mean, scale),
    excess(actual.standardError, standardError),
    excess(actual.low, low, scale),
    excess(actual.high, high, scale),
  );
}

function excessOfTest(actual: TTest, { t, df, p, low, high }: Test): number {
  const scale = Math.max(Math.abs(low), Math.abs(high));
  return Math.max(
    excess(actual.t, t),
    excess(actual.df, df),
    excess(actual.p, p),
    excess(actual.low, low, scale),
    excess(actual.high, high, scale),
  );
}

describe('SciPy', () => {
  test('t.cdf has the values of studentTCdf from the centre to the far tails, df 1 to 1e6', () => {
    const { cdf } = golden.student;
    expect(cdf.length).toBeGreaterThan(500);
    expect(off(cdf, ([df, t, p]) => excess(studentTCdf(t, df), p))).toEqual([]);
  });

  test('t.ppf has the values of studentTQuantile, p 1e-10 to 1 - 1e-10, df 1 to 1e6', () => {
    const { quantile } = golden.student;
    expect(quantile.length).toBeGreaterThan(500);
    expect(off(quantile, ([df, p, t]) => excess(studentTQuantile(p, df), t))).toEqual([]);
  });

  test('sem and t.interval have the bounds of meanInterval', () => {
    expect(
      off(golden.interval, (entry) =>
        excessOfBounds(meanInterval(entry.values, { confidence: entry.confidence }), entry),
      ),
    ).toEqual([]);
  });

  test('ttest_rel has the figures of pairedT', () => {
    expect(off(golden.pairedT, (entry) => excessOfTest(pairedT(entry.differences), entry))).toEqual([]);
  });

  test("Nadeau and Bengio's formula over t.sf and t.interval has the figures of correctedT", () => {
    expect(off(golden.correctedT, (entry) => excessOfTest(correctedT(entry.differences, entry), entry))).toEqual([]);
  });

  test('permutation_test over all sign flips has the p of signFlipTest without unit', () => {
    expect(off(golden.permutation, ({ differences, p }) => excess(signFlipTest(differences), p))).toEqual([]);
  });

  test('permutation_test over all sign flips has the p of signFlipTest with unit', () => {
    const whole = golden.permutation.filter(({ differences }) => differences.every(Number.isInteger));
    expect(whole.length).toBeGreaterThan(10);
    const off30 = off(whole, ({ differences, p }) =>
      excess(
        signFlipTest(
          differences.map((count) => count / 30),
          { unit: 1 / 30 },
        ),
        p,
      ),
    );
    expect(off30).toEqual([]);
  });
});

test('whole-number counting has the p of signFlipTest for up to 1500 differences, down to p of 1e-300', () => {
  expect(Math.min(...golden.signFlip.map(({ p }) => p))).toBeLessThan(1e-290);
  const wrong = off(golden.signFlip, ({ counts, p }) =>
    excess(
      signFlipTest(
        counts.map((count) => count / 360),
        { unit: 1 / 360 },
      ),
      p,
    ),
  );
  expect(wrong.map(({ counts, p }) => [counts.length, p])).toEqual([]);
});

test('NumPy: trapezoid over the epochs is areaUnderCurve', () => {
  expect(off(golden.area, ({ values, area }) => excess(areaUnderCurve(values), area))).toEqual([]);
});

test('NumPy and SciPy: the mean and interval of each column are meanByEpoch and bandByEpoch', () => {
  const { histories, epochs } = golden.band;
  const band = bandByEpoch(histories);
  expect(band).toHaveLength(epochs.length);
  expect(off(epochs, (bounds) => excessOfBounds(band[epochs.indexOf(bounds)] as MeanInterval, bounds))).toEqual([]);
  expect(meanByEpoch(histories)).toEqual(band.map(({ mean }) => mean));
});
