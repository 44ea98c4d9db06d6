/** Summaries and the verdict: figures by their definitions, words by what the intervals allow. */
import { describe, expect, test } from 'vitest';
import { type ArmName, armNames } from '../src/arm.ts';
import { parseConfig } from '../src/config.ts';
import { meanInterval } from '../src/interval.ts';
import type { Comparison, TrialResult } from '../src/result.ts';
import { summarizeTrials } from '../src/summary.ts';
import { describeVerdict } from '../src/verdict.ts';
import { sampleConfig, sampleTrials } from './sample.ts';

const config = parseConfig({ dataset: 'iris', epochs: 2, arms: ['baseline', 'append', 'duplicate'] });

/** A trial by its right held-out rows, of 30, after both epochs. */
function trialOf(trial: number, right: Partial<Record<ArmName, [number, number]>>): TrialResult {
  const arms: TrialResult['arms'] = {};
  for (const [arm, counts] of Object.entries(right)) {
    const history = { loss: counts.map((count) => 1 - count / 30), accuracy: counts.map((count) => count / 30) };
    arms[arm as ArmName] = { steps: 8, training: history, heldOut: history };
  }
  return {
    id: `${trial}`,
    dataset: 'iris',
    dataDigest: 'd',
    engine: 'wasm',
    trial,
    trainRows: 120,
    heldOutRows: 30,
    arms,
  };
}

const trials = [
  trialOf(0, { baseline: [20, 24], append: [24, 26], duplicate: [22, 25] }),
  trialOf(1, { baseline: [18, 25], append: [20, 26], duplicate: [22, 26] }),
  trialOf(2, { baseline: [22, 26], append: [22, 26], duplicate: [22, 27] }),
];

describe('summarizeTrials', () => {
  const summary = summarizeTrials(config, trials);

  test('takes means over trials and intervals by Student’s t', () => {
    expect(summary.arms.baseline?.accuracyByEpoch[0]).toBeCloseTo(20 / 30, 14);
    expect(summary.arms.baseline?.finalAccuracy.mean).toBeCloseTo(25 / 30, 14);
    // Standard deviation 1 / 30 of three, so the half width is t / 30 / sqrt(3). With 2 degrees of freedom
    // P(|T| < t) = t / sqrt(2 + t ** 2), which is 0.95 at:
    const t = 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2));
    const half = t / 30 / Math.sqrt(3);
    const [low, high] = summary.arms.baseline?.finalAccuracy.ci95 ?? [];
    expect(low).toBeCloseTo(25 / 30 - half, 12);
    expect(high).toBeCloseTo(25 / 30 + half, 12);
    expect(summary.arms.baseline?.accuracyBandByEpoch[1]).toEqual([low, high]);
    expect(summary.arms.baseline?.areaUnderCurve).toBeCloseTo(22.5 / 30, 14);
  });

  test('compares by the differences of each trial', () => {
    const [gain, left] = summary.comparisons as [Comparison, Comparison, Comparison];
    expect([gain.arm, gain.against, gain.sameSteps]).toEqual(['append', 'baseline', false]);
    expect([left.arm, left.against, left.sameSteps]).toEqual(['append', 'duplicate', true]);
    // Differences 2, 1, 0 of 30 rows; and 1, 0, -1.
    expect(gain.meanDifference).toBeCloseTo(1 / 30, 14);
    expect([gain.wins, gain.ties, gain.losses]).toEqual([2, 1, 0]);
    // Signs of 2 and 1: 4 sums, of which 3 and -3 are as far from zero as 3.
    expect(gain.p).toBe(0.5);
    expect([left.meanDifference, left.p]).toEqual([0, 1]);
    expect(left.correctedT).toMatchObject({ t: 0, p: 1 });
    expect(gain.areaDifference.mean).toBeCloseTo((3 + 1.5 + 0) / 3 / 30, 14);
  });

  test('equal differences are equal, whatever the rounding of the accuracies', () => {
    // 3 / 30 - 2 / 30 and 26 / 30 - 25 / 30 are not the same double.
    const equal = [2, 11, 25].map((count, trial) => trialOf(trial, { baseline: [0, count], append: [0, count + 1] }));
    const [gain] = summarizeTrials({ ...config, arms: ['baseline', 'append'] }, equal).comparisons;
    expect(gain?.ci95).toEqual([1 / 30, 1 / 30]);
    expect(gain?.correctedT?.t).toBeNull();
  });

  test('says from which epoch the mean curve is at the baseline’s end', () => {
    expect(summary.arms.baseline?.epochsToBaseline).toBe(2);
    const two = parseConfig({ ...config, arms: ['baseline', 'append'] });
    const fast = [trialOf(0, { baseline: [20, 24], append: [24, 23] })];
    expect(summarizeTrials(two, fast).arms.append?.epochsToBaseline).toBe(1);
    const never = [trialOf(0, { baseline: [20, 24], append: [22, 23] })];
    expect(summarizeTrials(two, never).arms.append?.epochsToBaseline).toBeNull();
  });

  test('does not depend on the order of the trials', () => {
    const many = sampleConfig({ trials: 9 });
    const ordered = sampleTrials(many);
    expect(summarizeTrials(many, [...ordered].reverse())).toEqual(summarizeTrials(many, ordered));
  });

  test('of one trial has no intervals, and says so', () => {
    const one = summarizeTrials(config, trials.slice(0, 1));
    expect(one.arms.append?.finalAccuracy.ci95).toEqual([null, null]);
    expect(one.comparisons[0]).toMatchObject({ ci95: [null, null], correctedT: null });
    expect(one.verdict).toBe('one trial is no evidence: run at least two, better twenty');
  });

  test('of no trial is refused', () => {
    expect(() => summarizeTrials(config, [])).toThrow('summarizeTrials: there must be at least one trial, got none');
  });
});

describe('intervals', () => {
  test('of accuracies stay in [0, 1] and those of differences in [-1, 1], where Student’s t would leave them', () => {
    // 7 and 21 right of 30: t with 1 degree of freedom is 12.7.
    const two = [trialOf(0, { baseline: [7, 7], batch: [30, 30] }), trialOf(1, { baseline: [21, 21], batch: [2, 0] })];
    const wide = summarizeTrials({ ...config, arms: ['baseline', 'batch'] }, two);
    expect(wide.arms.baseline?.finalAccuracy).toEqual({ mean: 14 / 30, ci95: [0, 1] });
    expect(wide.arms.baseline?.accuracyBandByEpoch).toEqual([
      [0, 1],
      [0, 1],
    ]);
    const [comparison] = wide.comparisons;
    expect(comparison?.ci95).toEqual([-1, 1]);
    expect(comparison?.correctedT?.ci95).toEqual([-1, 1]);
    expect(comparison?.areaDifference.ci95).toEqual([-1, 1]);
    // One bound is cut and the other stays.
    const values = [22, 27, 29].map((right) => right / 30);
    const three = [22, 27, 29].map((right, trial) => trialOf(trial, { baseline: [right, right] }));
    const { arms } = summarizeTrials({ ...config, arms: ['baseline'] }, three);
    expect(meanInterval(values).high).toBeGreaterThan(1);
    expect(arms.baseline?.finalAccuracy.ci95).toEqual([meanInterval(values).low, 1]);
  });
});

type Input = Parameters<typeof describeVerdict>[0];
type Figures = Input['comparisons'][number];

describe('describeVerdict', () => {
  /** @param corrected the interval of the corrected t; by default it agrees */
  const figures = (
    arm: ArmName,
    against: ArmName,
    meanDifference: number,
    low: number,
    high: number,
    corrected: { p: number; ci95: readonly [number, number] } = { p: 0.01, ci95: [low, high] },
  ): Figures => ({
    arm,
    against,
    sameSteps: against === 'duplicate' || !['append', 'duplicate'].includes(arm),
    meanDifference,
    ci95: [low, high],
    correctedT: corrected,
  });
  const verdict = (comparisons: readonly Figures[], arms: readonly ArmName[] = armsOf(comparisons)) =>
    describeVerdict({ dataset: 'iris', trials: 20, arms, comparisons });
  const armsOf = (comparisons: readonly Figures[]) => [
    ...new Set(comparisons.flatMap(({ arm, against }) => [against, arm])),
  ];
  const gain = figures('append', 'baseline', 0.018, 0.012, 0.024);
  const nothing = figures('append', 'duplicate', 0.003, -0.002, 0.008);
  const open = { p: 0.4399, ci95: [-0.05, 0.05] as const };

  test.each<[string, readonly Figures[], string]>([
    [
      'a gain that is the steps',
      [gain, nothing],
      'append beats baseline by 1.8 points [1.2, 2.4]; against the same number of steps, 0.3 [-0.2, 0.8]: no evidence that mixing itself helps here',
    ],
    [
      'a gain that is mixing',
      [gain, figures('append', 'duplicate', 0.01, 0.002, 0.018)],
      'append beats baseline by 1.8 points [1.2, 2.4]; against the same number of steps, 1.0 [0.2, 1.8]: mixing itself helps on these splits of iris',
    ],
    [
      'a gain that is mixing, and is open for new data',
      [
        figures('append', 'baseline', 0.018, 0.012, 0.024, open),
        figures('append', 'duplicate', 0.01, 0.002, 0.018, open),
      ],
      'append beats baseline by 1.8 points [1.2, 2.4]; against the same number of steps, 1.0 [0.2, 1.8]: ' +
        'mixing itself helps on these splits of iris, but for new data the corrected t finds no evidence (p = 0.440)',
    ],
    [
      'a loss',
      [figures('append', 'baseline', -0.01, -0.015, -0.005), figures('append', 'duplicate', -0.02, -0.03, -0.01)],
      'append falls behind baseline by 1.0 points [0.5, 1.5]; against the same number of steps, -2.0 [-3.0, -1.0]: mixing itself hurts on these splits of iris',
    ],
    [
      'a loss that is open for new data',
      [figures('batch', 'baseline', -0.006, -0.01, -0.002, open)],
      'batch falls behind baseline by 0.6 points [0.2, 1.0] in the same number of steps: ' +
        'mixing itself hurts on these splits of iris, but for new data the corrected t finds no evidence (p = 0.440)',
    ],
    [
      'a difference without control',
      [gain],
      'append beats baseline by 1.8 points [1.2, 2.4]; it also takes more steps, so add the arm duplicate to tell mixing from steps',
    ],
    [
      'a control without a baseline, behind',
      [figures('append', 'duplicate', -0.008, -0.017, 0)],
      'against the same number of steps, append is behind by 0.8 [0.0, 1.7]: no evidence that mixing itself helps here',
    ],
    [
      'a control without a baseline, ahead',
      [figures('append', 'duplicate', 0.008, 0.002, 0.014)],
      'against the same number of steps, append is ahead by 0.8 [0.2, 1.4]: mixing itself helps on these splits of iris',
    ],
    [
      'a bound that is not 0 and would look like it',
      [figures('batch', 'baseline', 0.0017, 0.00034, 0.0031)],
      'batch beats baseline by 0.17 points [0.03, 0.31] in the same number of steps: mixing itself helps on these splits of iris',
    ],
    [
      'batch, whose control is the baseline',
      [figures('batch', 'baseline', -0.0001, -0.004, 0.004)],
      'batch is level with baseline, 0.0 points [-0.4, 0.4] in the same number of steps: no evidence that mixing itself helps here',
    ],
    [
      'the arms on demand, each against the baseline, and what a step of regmixup passes',
      [
        figures('cutmix', 'baseline', 0.012, 0.004, 0.02),
        figures('regmixup', 'baseline', 0.002, -0.002, 0.006),
        figures('remix', 'baseline', -0.02, -0.03, -0.01),
      ],
      'cutmix beats baseline by 1.2 points [0.4, 2.0] in the same number of steps: mixing itself helps on these splits of iris; ' +
        'regmixup is level with baseline, 0.2 points [-0.2, 0.6] in the same number of steps, each of twice as many rows: no evidence that mixing itself helps here; ' +
        'remix falls behind baseline by 2.0 points [1.0, 3.0] in the same number of steps: mixing itself hurts on these splits of iris',
    ],
  ])('%s', (_, comparisons, sentence) => {
    expect(verdict(comparisons)).toBe(sentence);
  });

  test('an interval that ends at zero is no evidence', () => {
    expect(verdict([figures('batch', 'baseline', 0.01, 0, 0.02)])).toContain('no evidence');
  });

  const level = (arm: ArmName, against: ArmName) => figures(arm, against, 0.002, -0.001, 0.005);
  const all = {
    gain: level('append', 'baseline'),
    left: level('append', 'duplicate'),
    steps: level('duplicate', 'baseline'),
    batch: level('batch', 'baseline'),
  };
  const is = (arm: string) => `${arm} is level with baseline, 0.2 points [-0.1, 0.5]`;
  const none = 'no evidence that mixing itself helps here';
  const left = `against the same number of steps, 0.2 [-0.1, 0.5]: ${none}`;
  const batch = `${is('batch')} in the same number of steps: ${none}`;
  const noControl = 'it also takes more steps, so add the arm duplicate to tell mixing from steps';
  const needs = (arms: string) => `${arms} can't be judged without a control: add baseline`;

  test.each<[ArmName[], string]>([
    [['baseline'], 'nothing to compare: add an arm that mixes'],
    [['append'], 'nothing to compare: add baseline and duplicate'],
    [['duplicate'], 'nothing to compare: add baseline and an arm that mixes'],
    [['batch'], 'nothing to compare: add baseline'],
    [['baseline', 'append'], `${is('append')}; ${noControl}`],
    [['baseline', 'duplicate'], `${is('duplicate')}, and nothing was mixed: add an arm that mixes`],
    [['baseline', 'batch'], batch],
    [['append', 'duplicate'], `against the same number of steps, append is ahead by 0.2 [-0.1, 0.5]: ${none}`],
    [['append', 'batch'], 'nothing to compare: add baseline and duplicate'],
    [['duplicate', 'batch'], 'nothing to compare: add baseline'],
    [['baseline', 'append', 'duplicate'], `${is('append')}; ${left}`],
    [['baseline', 'append', 'batch'], `${is('append')}; ${noControl}; ${batch}`],
    [['baseline', 'duplicate', 'batch'], batch],
    [
      ['append', 'duplicate', 'batch'],
      `against the same number of steps, append is ahead by 0.2 [-0.1, 0.5]: ${none}; ${needs('batch')}`,
    ],
    [['baseline', 'append', 'duplicate', 'batch'], `${is('append')}; ${left}; ${batch}`],
  ])('of the arms %j says what there is, and asks for what there is not', (arms, sentence) => {
    const comparisons = Object.values(all).filter(({ arm, against }) => arms.includes(arm) && arms.includes(against));
    expect(verdict(comparisons, arms)).toBe(sentence);
  });

  test('of any arms judges each that mixes or says what it lacks, and never asks for an arm that is there', () => {
    for (let set = 1; set < 2 ** armNames.length; set++) {
      const arms = armNames.filter((_, i) => set & (1 << i));
      const some = sampleConfig({ trials: 3, arms });
      const { comparisons, verdict: text } = summarizeTrials(some, sampleTrials(some));
      for (const arm of arms) expect(text).not.toMatch(new RegExp(`add [^;]*\\b${arm}\\b`));
      const judged = arms.filter((arm) => arm !== 'baseline' && arm !== 'duplicate');
      if (comparisons.some(({ arm }) => arm !== 'duplicate')) for (const arm of judged) expect(text).toContain(arm);
      else expect(text).toMatch(/: add /);
      expect(text).not.toMatch(/undefined|NaN|\?|by -/);
    }
  });
});
