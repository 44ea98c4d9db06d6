/** Summaries: what many trials come to. */
import { type ArmName, armNames } from './arm.ts';
import type { ExperimentConfig } from './config.ts';
import { correctedT } from './correctedt.ts';
import { areaUnderCurve, bandByEpoch, epochsToReach, meanByEpoch } from './curve.ts';
import { type EngineRecord, engineNameOf } from './engine-choice.ts';
import { meanInterval } from './interval.ts';
import type { ArmResult, ArmSummary, Comparison, ExperimentSummary, MeanWithInterval, TrialResult } from './result.ts';
import { signFlipTest } from './signflip.ts';
import { tally } from './tally.ts';
import { describeVerdict } from './verdict.ts';

/**
 * The comparisons that say something: every arm against the baseline, and `append` against its control. `batch` and what
 * mixes as it does take as many steps as the baseline, which so is their control: that of `regmixup` too, as the plain rows twice in a step
 * have the gradient that they have once.
 */
const pairs: readonly { readonly arm: ArmName; readonly against: ArmName; readonly sameSteps: boolean }[] = [
  { arm: 'append', against: 'baseline', sameSteps: false },
  { arm: 'append', against: 'duplicate', sameSteps: true },
  { arm: 'duplicate', against: 'baseline', sameSteps: false },
  ...(['batch', 'cutmix', 'manifold', 'regmixup', 'remix'] as const).map(
    (arm) => ({ arm, against: 'baseline', sameSteps: true }) as const,
  ),
];

/**
 * Summarise the trials of one experiment: arms, paired comparisons, verdict.
 *
 * @param trials at least one, all of `config`, in any order
 * @param options.engine what `startEngine` recorded, where TensorFlow.js trained
 * @throws RangeError when there is no trial, or one is of another engine
 */
export function summarizeTrials(
  config: ExperimentConfig,
  trials: readonly TrialResult[],
  { engine }: { readonly engine?: EngineRecord | undefined } = {},
): ExperimentSummary {
  const [first] = trials;
  if (!first) throw new RangeError('summarizeTrials: there must be at least one trial, got none');
  const other = trials.find((trial) => trial.engine !== engineNameOf(config));
  if (other) {
    throw new RangeError(`summarizeTrials: trials must be of ${engineNameOf(config)}, got one of ${other.engine}`);
  }
  // Sums of floating-point numbers depend on their order, so it is fixed here.
  const ordered = [...trials].sort((a, b) => a.trial - b.trial);
  const runs = (arm: ArmName) => ordered.flatMap((trial) => trial.arms[arm] ?? []);
  const figures = new Map(config.arms.map((arm) => [arm, takeFigures(runs(arm))]));
  const figuresOf = (arm: ArmName) => figures.get(arm) as PairedFigures;
  const target = config.arms.includes('baseline') ? mean(runs('baseline').map(finalAccuracy)) : null;

  const arms: ExperimentSummary['arms'] = {};
  for (const arm of armNames) if (config.arms.includes(arm)) arms[arm] = summarizeArm(runs(arm), target);
  const comparisons = pairs
    .filter(({ arm, against }) => config.arms.includes(arm) && config.arms.includes(against))
    .map((pair) => ({ ...pair, ...compare(figuresOf(pair.arm), figuresOf(pair.against), first) }));

  return {
    dataset: config.dataset,
    protocol: config.protocol,
    trials: ordered.length,
    seed: config.seed,
    engine: first.engine,
    ...(engine && { engineRecord: engine }),
    config,
    dataDigest: first.dataDigest,
    trainRows: first.trainRows,
    heldOutRows: first.heldOutRows,
    arms,
    comparisons,
    verdict: describeVerdict({ dataset: config.dataset, trials: ordered.length, arms: config.arms, comparisons }),
  };
}

function summarizeArm(runs: readonly ArmResult[], target: number | null): ArmSummary {
  const accuracy = runs.map((run) => run.heldOut.accuracy);
  const accuracyByEpoch = meanByEpoch(accuracy);
  return {
    finalAccuracy: withInterval(runs.map(finalAccuracy), fractions),
    accuracyByEpoch,
    accuracyBandByEpoch: bandByEpoch(accuracy).map(({ low, high }) => cut([low, high], fractions)),
    lossByEpoch: meanByEpoch(runs.map((run) => run.heldOut.loss)),
    trainingAccuracyByEpoch: meanByEpoch(runs.map((run) => run.training.accuracy)),
    trainingLossByEpoch: meanByEpoch(runs.map((run) => run.training.loss)),
    areaUnderCurve: mean(runs.map(area)),
    epochsToBaseline: target === null ? null : epochsToReach(accuracyByEpoch, target),
    steps: runs[0]?.steps ?? 0,
  };
}

/** [trials] What comparisons subtract. */
interface PairedFigures {
  readonly finalAccuracy: readonly number[];
  readonly area: readonly number[];
}

function takeFigures(runs: readonly ArmResult[]): PairedFigures {
  return { finalAccuracy: runs.map(finalAccuracy), area: runs.map(area) };
}

type ComparedFigures = Omit<Comparison, 'arm' | 'against' | 'sameSteps'>;

function compare(own: PairedFigures, others: PairedFigures, sizes: TrialResult): ComparedFigures {
  const paired = (figure: keyof PairedFigures) => own[figure].map((value, i) => value - (others[figure][i] as number));
  // Accuracies are counts over the held-out rows. So are their differences, once free of the rounding that would tell
  // 3 / 30 - 2 / 30 from 2 / 30 - 1 / 30.
  const { heldOutRows } = sizes;
  const differences = paired('finalAccuracy').map((difference) => Math.round(difference * heldOutRows) / heldOutRows);
  const { mean: meanDifference, ci95 } = withInterval(differences, differencesOfFractions);
  return {
    meanDifference,
    ci95,
    p: signFlipTest(differences, { unit: 1 / heldOutRows }),
    correctedT: corrected(differences, sizes),
    ...tally(differences),
    areaDifference: withInterval(paired('area'), differencesOfFractions),
  };
}

function corrected(differences: readonly number[], { trainRows, heldOutRows }: TrialResult): Comparison['correctedT'] {
  if (differences.length < 2) return null;
  const { t, p, low, high } = correctedT(differences, { trainRows, testRows: heldOutRows });
  return { t, p, ci95: cut([low, high], differencesOfFractions) };
}

type Range = readonly [least: number, most: number];

/** Where accuracies and areas under their curves lie, and so the means that the intervals are about. */
const fractions: Range = [0, 1];
const differencesOfFractions: Range = [-1, 1];

function withInterval(values: readonly number[], range: Range): MeanWithInterval {
  const { mean, low, high } = meanInterval(values);
  return { mean, ci95: cut([low, high], range) };
}

/**
 * Cut an interval to where the mean can lie at all. Student's t knows of no such range, and leaves it for few trials and for
 * accuracies near 1; what is cut off holds no possible mean, so the interval is as sure as it was.
 */
function cut<T extends number | null>([low, high]: readonly [T, T], [least, most]: Range): readonly [T, T] {
  const within = (bound: T) => (bound === null ? bound : Math.min(Math.max(bound, least), most)) as T;
  return [within(low), within(high)];
}

function mean(values: readonly number[]): number {
  return meanInterval(values).mean;
}

function finalAccuracy(run: ArmResult): number {
  return run.heldOut.accuracy.at(-1) as number;
}

function area(run: ArmResult): number {
  return areaUnderCurve(run.heldOut.accuracy);
}
