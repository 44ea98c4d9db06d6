/** The statistics by what must hold for any differences: closed forms, symmetries, edges. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correctedT } from '../src/correctedt.ts';
import { areaUnderCurve, bandByEpoch, epochsToReach, meanByEpoch } from '../src/curve.ts';
import { meanInterval } from '../src/interval.ts';
import { moments } from '../src/moments.ts';
import { pairedT } from '../src/pairedt.ts';
import { signFlipTest } from '../src/signflip.ts';
import { studentTCdf, studentTQuantile } from '../src/student.ts';
import { sum } from '../src/sum.ts';
import { tally } from '../src/tally.ts';

// The same cases in every run.
fc.configureGlobal({ seed: 3 });

const split = { trainRows: 120, testRows: 30 };
const counts = (maxLength: number) => fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength });
// Below 1e-100 nothing measured is anything but zero, and subnormal numbers have few digits to hold a tolerance with.
const real = fc.double({ min: -1, max: 1, noNaN: true }).map((x) => (Math.abs(x) < 1e-100 ? 0 : x));
const reals = (minLength: number) => fc.array(real, { minLength, maxLength: 30 });
const df = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.double({ min: 1, max: 1e6, noNaN: true }));

/** |a / b - 1|, and 0 for two zeros. */
const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));

describe('sum', () => {
  test('the sum of 1e100, 1, -1e100 is 1, which plain addition loses', () => {
    expect(sum([1e100, 1, -1e100])).toBe(1);
  });

  test('the sum of a million times 0.1 is the nearest double to 100000.00000000000555', () => {
    expect(sum(new Array(1e6).fill(0.1))).toBe(100000);
  });

  test('a sum that leaves the range of a double is refused', () => {
    expect(() => sum([1e308, 1e308])).toThrow('sum: must stay within the range of a double');
  });
});

describe('moments', () => {
  test('equal numbers have a deviation of exactly 0 and their own value as the mean', () => {
    expect(moments([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, deviation: 0 });
    expect(moments([-0, 0])).toEqual({ mean: 0, deviation: 0 });
  });

  test('numbers near both ends of the range of a double keep their deviation', () => {
    // s of 1, 2, 3 is 1.
    for (const scale of [1e-300, 1e300])
      expect(relative(moments([scale, 2 * scale, 3 * scale]).deviation, scale)).toBeLessThan(1e-15);
    expect(() => moments([1.7e308, -1.7e308, -1.7e308])).toThrow('moments: distances between values must be finite');
  });
});

describe("Student's t", () => {
  test('df 1 is the Cauchy distribution: P(T <= t) = 1/2 + arctan(t) / pi', () => {
    for (const t of [0, 1e-300, 1e-8, 1e-3, 0.5, 0.999, 1.001, 2]) {
      // 4 roundings
      expect(relative(studentTCdf(t, 1), 0.5 + Math.atan(t) / Math.PI)).toBeLessThan(1e-15);
    }
    // The tail by the arctangent of 1 / t, with all its digits. 2e-13: log(t ** 2) is up to 1400, and rounds.
    for (const t of [2, 50, 1e6, 1e100, 1e160, 1e300]) {
      expect(relative(studentTCdf(-t, 1), Math.atan(1 / t) / Math.PI)).toBeLessThan(2e-13);
    }
  });

  test('df 1 has the quantile -1 / tan(pi p), down to p 1e-300', () => {
    for (const p of [1e-300, 1e-100, 1e-10, 1e-3, 0.1, 0.25, 0.3]) {
      expect(relative(studentTQuantile(p, 1), -1 / Math.tan(Math.PI * p))).toBeLessThan(2e-13);
    }
  });

  test('df 2 and df 4 have their closed forms next to the centre', () => {
    for (const t of [1e-12, 1e-8, 2.666666670617284e-4, 0.01, 0.5, 1]) {
      const two = t / Math.sqrt(2 + t * t) / 2;
      const four = ((3 / 8) * t * (1 - (t * t) / (12 * (1 + (t * t) / 4)))) / Math.sqrt(1 + (t * t) / 4);
      expect(Math.abs(studentTCdf(-t, 2) - (0.5 - two))).toBeLessThan(2 ** -52);
      expect(Math.abs(studentTCdf(-t, 4) - (0.5 - four))).toBeLessThan(2 ** -52);
      // The distance of p from 1/2 is what is left to find t by: it has an error of 2 ** -54.
      expect(relative(studentTQuantile(0.5 + two, 2), t)).toBeLessThan(1e-14 + 2 ** -52 / t);
      expect(relative(studentTQuantile(0.5 + four, 4), t)).toBeLessThan(1e-14 + 2 ** -52 / t);
    }
  });

  test('the quantile of the probability of a t in the lower tail is that t', () => {
    fc.assert(
      fc.property(df, fc.double({ min: 1e-300, max: 0.4, noNaN: true }), (df, p) => {
        // 2e-12: P takes the roundings of t times df there, up to some 700 for p of 1e-300.
        expect(relative(studentTCdf(studentTQuantile(p, df), df), p)).toBeLessThan(2e-12);
      }),
    );
  });

  test('P(T <= -t) + P(T <= t) = 1, and P(T <= t) never falls', () => {
    fc.assert(
      fc.property(df, fc.double({ min: 0, max: 50, noNaN: true }), (df, t) => {
        expect(studentTCdf(-t, df) + studentTCdf(t, df)).toBeCloseTo(1, 15);
        expect(studentTCdf(t * 1.01, df)).toBeGreaterThanOrEqual(studentTCdf(t, df));
        expect(studentTCdf(-t * 1.01, df)).toBeLessThanOrEqual(studentTCdf(-t, df));
      }),
    );
  });

  test('P is the same on both sides of the switch between the two continued fractions', () => {
    fc.assert(
      fc.property(df, (df) => {
        const t = Math.sqrt((3 * df) / (df + 2));
        const [below, above] = [t * (1 - 1e-15), t * (1 + 1e-15)];
        expect(relative(studentTCdf(-below, df), studentTCdf(-above, df))).toBeLessThan(1e-13);
      }),
    );
  });

  test('infinite t has P 0 and 1', () => {
    expect([studentTCdf(-Infinity, 7), studentTCdf(Infinity, 7)]).toEqual([0, 1]);
  });

  test('what is out of range is refused', () => {
    expect(() => studentTCdf(NaN, 3)).toThrow('studentTCdf: t must be a number, got NaN');
    for (const df of [0.5, 0, -1, NaN, Infinity]) {
      expect(() => studentTCdf(1, df)).toThrow(`studentTCdf: df must be in [1, 1e6], got ${df}`);
      expect(() => studentTQuantile(0.5, df)).toThrow(`studentTQuantile: df must be in [1, 1e6], got ${df}`);
    }
    for (const p of [0, 1, -0.1, NaN]) {
      expect(() => studentTQuantile(p, 3)).toThrow(`studentTQuantile: p must be in (0, 1), got ${p}`);
    }
    expect(() => studentTQuantile(5e-324, 1)).toThrow('studentTQuantile: t must be finite');
  });
});

describe('meanInterval', () => {
  test('the doc comment shows what it gives', () => {
    const { mean, low, high, standardError } = meanInterval([0.02, 0.03, 0.01]);
    expect([mean, low, high, standardError].map((x) => x?.toFixed(4))).toEqual([
      '0.0200',
      '-0.0048',
      '0.0448',
      '0.0058',
    ]);
  });

  test('one value has null bounds, equal values the interval [mean, mean]', () => {
    expect(meanInterval([0.3])).toEqual({ mean: 0.3, low: null, high: null, standardError: null });
    expect(meanInterval([0.1, 0.1, 0.1])).toEqual({ mean: 0.1, low: 0.1, high: 0.1, standardError: 0 });
    expect(meanInterval([0, 0])).toEqual({ mean: 0, low: 0, high: 0, standardError: 0 });
  });

  test('values moved by b and scaled by a have the interval moved by b and scaled by a', () => {
    fc.assert(
      fc.property(
        reals(2),
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (values, b, a) => {
          const before = meanInterval(values);
          const after = meanInterval(values.map((value) => a * value + b));
          // Values of at most 15 round by 2 ** -50 at most, which moves the standard error by as much at most, a bound
          // by 13 times that (t for df 1), and there are a few roundings more.
          const bound = 20 * 2 ** -50;
          expect(Math.abs((after.low as number) - (a * (before.low as number) + b))).toBeLessThan(bound);
          expect(Math.abs((after.high as number) - (a * (before.high as number) + b))).toBeLessThan(bound);
        },
      ),
    );
  });

  test('negated values have the negated interval exactly', () => {
    fc.assert(
      fc.property(reals(2), (values) => {
        const { mean, low, high } = meanInterval(values);
        const negated = meanInterval(values.map((value) => -value));
        expect([negated.mean + 0, negated.low, negated.high]).toEqual([
          0 - mean,
          0 - (high as number),
          0 - (low as number),
        ]);
      }),
    );
  });

  test('no value, a value that is not finite, and a confidence of 0 or 1 are refused', () => {
    expect(() => meanInterval([])).toThrow('meanInterval: must have at least 1 value, got 0');
    expect(() => meanInterval([1, NaN])).toThrow('meanInterval: every value must be finite, got NaN at index 1');
    expect(() => meanInterval([Infinity, 1])).toThrow(
      'meanInterval: every value must be finite, got Infinity at index 0',
    );
    for (const confidence of [0, 1, 95, NaN]) {
      expect(() => meanInterval([1, 2], { confidence })).toThrow(
        `meanInterval: confidence must be in (0, 1), got ${confidence}`,
      );
    }
  });
});

describe('t tests', () => {
  test('the doc comment of correctedT shows what it gives', () => {
    const { t, df, p } = correctedT([0.02, 0.03, 0.01], split);
    expect([t?.toFixed(2), df, p.toFixed(2)]).toEqual(['2.62', 2, '0.12']);
  });

  test('p is below 1 - confidence exactly where the interval leaves out zero', () => {
    fc.assert(
      fc.property(reals(2), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (differences, confidence) => {
        for (const { p, low, high } of [
          pairedT(differences, { confidence }),
          correctedT(differences, { ...split, confidence }),
        ]) {
          fc.pre(Math.abs(p - (1 - confidence)) > 1e-9);
          expect(low > 0 || high < 0).toBe(p < 1 - confidence);
        }
      }),
    );
  });

  test('correctedT is nearer to zero than pairedT by the square root of 1 + n testRows / trainRows', () => {
    fc.assert(
      fc.property(reals(2), (differences) => {
        const plain = pairedT(differences).t;
        fc.pre(plain !== null);
        const corrected = correctedT(differences, split).t as number;
        // Some 10 roundings.
        expect(relative(corrected * Math.sqrt(1 + differences.length / 4), plain as number)).toBeLessThan(2e-15);
      }),
    );
  });

  test('p is the same for negated differences', () => {
    fc.assert(
      fc.property(reals(2), (differences) => {
        const negated = differences.map((difference) => -difference);
        expect(correctedT(negated, split).p).toBe(correctedT(differences, split).p);
      }),
    );
  });

  test('differences that are all zero give t 0, p 1 and the interval [0, 0]', () => {
    const nothing = { t: 0, df: 2, p: 1, low: 0, high: 0 };
    expect(pairedT([0, 0, -0])).toEqual(nothing);
    expect(correctedT([0, 0, -0], split)).toEqual(nothing);
  });

  test('equal differences other than zero give t null and p 0, where the sign-flip p stays 1/4', () => {
    expect(pairedT([0.1, 0.1, 0.1])).toEqual({ t: null, df: 2, p: 0, low: 0.1, high: 0.1 });
    expect(correctedT([-0.1, -0.1, -0.1], split)).toEqual({ t: null, df: 2, p: 0, low: -0.1, high: -0.1 });
    expect(signFlipTest([0.1, 0.1, 0.1])).toBe(0.25);
  });

  test('one difference, NaN and impossible sizes are refused', () => {
    expect(() => pairedT([1])).toThrow('pairedT: must have at least 2 values, got 1');
    expect(() => correctedT([1], split)).toThrow('correctedT: must have at least 2 values, got 1');
    expect(() => correctedT([1, NaN], split)).toThrow('correctedT: every value must be finite, got NaN at index 1');
    expect(() => correctedT([1, 2], { trainRows: 0, testRows: 3 })).toThrow('trainRows must be an integer >= 1, got 0');
    expect(() => correctedT([1, 2], { trainRows: 3, testRows: 0.5 })).toThrow(
      'testRows must be an integer >= 1, got 0.5',
    );
  });
});

describe('signFlipTest', () => {
  /** p by its definition: every way to set the signs, in whole numbers. */
  function byDefinition(counts: readonly number[]): number {
    const seen = Math.abs(counts.reduce((a, b) => a + b, 0));
    let far = 0;
    for (let signs = 0; signs < 2 ** counts.length; signs++) {
      const total = counts.reduce((a, b, i) => a + (signs & (1 << i) ? b : -b), 0);
      if (Math.abs(total) >= seen) far++;
    }
    return far / 2 ** counts.length;
  }

  test('with and without unit p is the share of sign settings at least as far from zero', () => {
    fc.assert(
      fc.property(counts(10), (counts) => {
        const p = byDefinition(counts);
        // Shares of 2 ** 10 are exact in a double.
        expect(signFlipTest(counts, { unit: 1 })).toBe(p);
        expect(signFlipTest(counts)).toBe(p);
        // 1 / 30 is no double, so ties come with rounding errors.
        expect(signFlipTest(counts.map((count) => count / 30))).toBe(p);
        expect(
          signFlipTest(
            counts.map((count) => (count + 20) / 30 - 20 / 30),
            { unit: 1 / 30 },
          ),
        ).toBe(p);
      }),
    );
  });

  test('with and without unit p is the same for 20 differences', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 60 }), { minLength: 15, maxLength: 20 }), (counts) => {
        expect(signFlipTest(counts.map((count) => count / 360))).toBe(
          signFlipTest(
            counts.map((count) => count / 360),
            { unit: 1 / 360 },
          ),
        );
      }),
      // A million sums each.
      { numRuns: 20 },
    );
  });

  test('if each sign is as likely as the other, P(p <= a) <= a for every a that p takes', () => {
    fc.assert(
      fc.property(counts(9), (sizes) => {
        const all = Array.from({ length: 2 ** sizes.length }, (_, signs) =>
          signFlipTest(
            sizes.map((size, i) => (signs & (1 << i) ? size : -size)),
            { unit: 1 },
          ),
        );
        for (const a of all) expect(all.filter((p) => p <= a).length / all.length).toBeLessThanOrEqual(a);
      }),
      { numRuns: 30 },
    );
  });

  test('p does not change with the sign of all, the order, added zeros or the unit', () => {
    fc.assert(
      fc.property(counts(60), (counts) => {
        const p = signFlipTest(counts, { unit: 1 });
        expect(
          signFlipTest(
            counts.map((count) => -count),
            { unit: 1 },
          ),
        ).toBe(p);
        expect(signFlipTest([0, ...counts, -0], { unit: 1 })).toBe(p);
        // 60 roundings, elsewhere placed.
        expect(relative(signFlipTest(counts.toReversed(), { unit: 1 }), p)).toBeLessThan(1e-14);
        expect(relative(signFlipTest(counts, { unit: 1 / 4 }), p)).toBeLessThan(1e-14);
      }),
    );
  });

  test('n equal differences have p 2 ** (1 - n), and past the range of a double the smallest one instead of 0', () => {
    for (const n of [1, 2, 20, 300, 1000, 1075]) {
      expect(signFlipTest(new Array(n).fill(0.5), { unit: 0.5 })).toBe(2 ** (1 - n));
    }
    expect(signFlipTest(new Array(3000).fill(1), { unit: 1 })).toBe(Number.MIN_VALUE);
  });

  test('half of 4000 differences turned around have p 1, and one more on one side has the p of the binomial', () => {
    const even = Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    expect(signFlipTest(even, { unit: 1 })).toBe(1);
    // 2001 of 4000: p = 1 - P(exactly half), where C(2m, m) / 4 ** m is the product of 1 - 1 / 2k for k = 1 … m.
    let half = 1;
    for (let k = 1; k <= 2000; k++) half *= 1 - 1 / (2 * k);
    // 4000 roundings in either.
    expect(relative(signFlipTest([1, ...even.slice(0, -1)], { unit: 1 }), 1 - half)).toBeLessThan(4000 * 2 ** -52);
  });

  test('differences that are all zero have p 1, one difference has p 1', () => {
    expect([signFlipTest([0, 0]), signFlipTest([0, -0], { unit: 0.1 }), signFlipTest([0.3])]).toEqual([1, 1, 1]);
  });

  test('differences off the lattice, too many of them without unit, and impossible units are refused', () => {
    expect(() => signFlipTest([0.1, 0.25], { unit: 0.1 })).toThrow(
      'signFlipTest: differences must be multiples of unit 0.1, got 0.25 at index 1',
    );
    expect(signFlipTest([0.1 + 0.9e-7, 0.2], { unit: 0.1 })).toBe(0.5);
    expect(() => signFlipTest([0.1 + 1.1e-7, 0.2], { unit: 0.1 })).toThrow(RangeError);
    expect(() => signFlipTest(new Array(21).fill(1))).toThrow(
      'at most 20 differences other than zero, got 21; pass unit',
    );
    expect(signFlipTest([...new Array(20).fill(1), 0])).toBe(2 ** -19);
    for (const unit of [0, -1, NaN, Infinity]) {
      expect(() => signFlipTest([1], { unit })).toThrow(`signFlipTest: unit must be > 0 and finite, got ${unit}`);
    }
    expect(() => signFlipTest([1, -1], { unit: 2 ** -30 })).toThrow(
      'gains or losses must be below 67108864 units, got 1073741824 and more',
    );
    expect(() => signFlipTest([])).toThrow('signFlipTest: must have at least 1 value, got 0');
    expect(() => signFlipTest([NaN], { unit: 1 })).toThrow('every value must be finite, got NaN at index 0');
  });
});

describe('tally', () => {
  test('-0 and 0 are ties', () => {
    expect(tally([0.1, 0, -0, -0.2, 0.3])).toEqual({ wins: 2, ties: 2, losses: 1 });
  });

  test('negated differences swap wins and losses', () => {
    fc.assert(
      fc.property(counts(30), (counts) => {
        const { wins, ties, losses } = tally(counts);
        expect(wins + ties + losses).toBe(counts.length);
        expect(tally(counts.map((count) => -count))).toEqual({ wins: losses, ties, losses: wins });
      }),
    );
  });

  test('no difference and NaN are refused', () => {
    expect(() => tally([])).toThrow('tally: must have at least 1 value, got 0');
    expect(() => tally([0, NaN])).toThrow('tally: every value must be finite, got NaN at index 1');
  });
});

describe('curves', () => {
  test('epochsToReach counts from 1, takes what equals the target, and is null where none does', () => {
    expect(epochsToReach([0.6, 0.8, 0.7, 0.9], 0.6)).toBe(1);
    expect(epochsToReach([0.6, 0.8, 0.7, 0.9], 0.8)).toBe(2);
    expect(epochsToReach([0.6, 0.8, 0.7, 0.9], 0.85)).toBe(4);
    expect(epochsToReach([0.6, 0.8], 0.91)).toBeNull();
  });

  test('areaUnderCurve of a straight line is the mean of its ends, of one epoch its value', () => {
    expect(areaUnderCurve([0.5, 0.9, 1])).toBeCloseTo(0.825, 15);
    expect(areaUnderCurve([2, 3, 4, 5])).toBe(3.5);
    expect(areaUnderCurve([0.7])).toBe(0.7);
  });

  test('areaUnderCurve lies between the lowest and the highest value', () => {
    fc.assert(
      fc.property(reals(1), (values) => {
        const area = areaUnderCurve(values);
        // 2 ** -52: the division rounds.
        expect(area).toBeGreaterThanOrEqual(Math.min(...values) - 2 ** -52);
        expect(area).toBeLessThanOrEqual(Math.max(...values) + 2 ** -52);
      }),
    );
  });

  test('meanByEpoch and bandByEpoch go down the columns', () => {
    const histories = [
      [0.5, 0.75],
      [1, 0.25],
    ];
    expect(meanByEpoch(histories)).toEqual([0.75, 0.5]);
    expect(bandByEpoch(histories, { confidence: 0.9 })).toEqual([
      meanInterval([0.5, 1], { confidence: 0.9 }),
      meanInterval([0.75, 0.25], { confidence: 0.9 }),
    ]);
    expect(bandByEpoch([[0.5]])).toEqual([{ mean: 0.5, low: null, high: null, standardError: null }]);
  });

  test('no history, ragged ones and NaN are refused', () => {
    expect(() => epochsToReach([], 0.5)).toThrow('epochsToReach: must have at least 1 value, got 0');
    expect(() => epochsToReach([0.5], NaN)).toThrow('epochsToReach: target must be finite, got NaN');
    expect(() => areaUnderCurve([0.5, NaN])).toThrow('areaUnderCurve: every value must be finite, got NaN at index 1');
    expect(() => meanByEpoch([])).toThrow('meanByEpoch: there must be at least one history of one epoch');
    expect(() => meanByEpoch([[]])).toThrow('meanByEpoch: there must be at least one history of one epoch');
    expect(() => bandByEpoch([[1, 2], [1]])).toThrow('bandByEpoch: histories must have 2 epochs, got 1 in history 1');
    expect(() =>
      bandByEpoch([
        [1, 2],
        [1, NaN],
      ]),
    ).toThrow('bandByEpoch: every value must be finite, got NaN at index 1');
  });
});
