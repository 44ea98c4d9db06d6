/** The verdict: the comparisons in one sentence, which claims no more than they show. */
import { type ArmName, rowsPerBatchRow } from './arm.ts';
import { formatPoints, pointDecimals } from './points.ts';
import type { Comparison } from './result.ts';

type Figures = Pick<Comparison, 'arm' | 'against' | 'sameSteps' | 'meanDifference' | 'ci95'> & {
  readonly correctedT: Pick<NonNullable<Comparison['correctedT']>, 'p' | 'ci95'> | null;
};

/** What a verdict is about: one experiment. */
export interface VerdictInput {
  readonly dataset: string;
  /** How many trials the comparisons rest on. */
  readonly trials: number;
  /** All that were trained, those without a comparison too. */
  readonly arms: readonly ArmName[];
  readonly comparisons: readonly Figures[];
}

/**
 * Say what the comparisons show.
 *
 * A difference counts where its 95 % interval leaves out zero: on these splits of the data. The sentence says so where the
 * corrected t, which is about new data, does not agree. A gain over the baseline is mixing's own only where it is left against
 * an arm that takes as many steps. What can't be compared is named, with the arm to add.
 *
 * @example
 * "append beats baseline by 1.8 points [1.2, 2.4]; against the same number of steps, 0.3 [-0.2, 0.8]: no evidence that mixing itself helps here"
 */
export function describeVerdict({ dataset, trials, arms, comparisons }: VerdictInput): string {
  if (trials < 2) return 'one trial is no evidence: run at least two, better twenty';
  const answers = [describeAppend(comparisons, dataset), ...describeMixing(comparisons, dataset)].filter(
    (text) => text !== undefined,
  );
  if (answers.length === 0) return describeMissing(comparisons, arms);
  const alone = arms.filter((arm) => mixes(arm) && !comparisons.some((comparison) => comparison.arm === arm));
  if (alone.length > 0) answers.push(`${alone.join(' and ')} can't be judged without a control: add baseline`);
  return answers.join('; ');
}

function describeAppend(comparisons: readonly Figures[], dataset: string): string | undefined {
  const gain = find(comparisons, 'append', 'baseline');
  const left = find(comparisons, 'append', 'duplicate');
  if (!left) {
    const more = 'it also takes more steps, so add the arm duplicate to tell mixing from steps';
    return gain && `${versus(gain)}${reservation(gain)}; ${more}`;
  }
  const control = 'against the same number of steps';
  if (gain) return `${versus(gain)}; ${control}, ${figures(left)}: ${mixing(left, dataset)}`;
  const place = left.meanDifference < 0 ? `behind by ${figures(negate(left))}` : `ahead by ${figures(left)}`;
  return `${control}, append is ${place}: ${mixing(left, dataset)}`;
}

/** The arms that take as many steps as the baseline. */
function describeMixing(comparisons: readonly Figures[], dataset: string): string[] {
  return comparisons
    .filter(({ against, sameSteps }) => against === 'baseline' && sameSteps)
    .map((gain) => `${versus(gain)} in the same number of steps${moreRows(gain)}: ${mixing(gain, dataset)}`);
}

/** Where nothing is said of mixing: what it would take. */
function describeMissing(comparisons: readonly Figures[], arms: readonly ArmName[]): string {
  const steps = find(comparisons, 'duplicate', 'baseline');
  if (steps) return `${versus(steps)}${reservation(steps)}, and nothing was mixed: add an arm that mixes`;
  const missing = [
    ...(arms.includes('baseline') ? [] : ['baseline']),
    ...(arms.includes('append') ? ['duplicate'] : []),
    ...(arms.some(mixes) ? [] : ['an arm that mixes']),
  ];
  return `nothing to compare: add ${missing.join(' and ')}`;
}

function mixes(arm: ArmName): boolean {
  return arm !== 'baseline' && arm !== 'duplicate';
}

/** Steps alone do not tell what they cost. */
function moreRows({ arm }: Figures): string {
  return rowsPerBatchRow(arm) === 2 ? ', each of twice as many rows' : '';
}

function find(comparisons: readonly Figures[], arm: string, against: string): Figures | undefined {
  return comparisons.find((comparison) => comparison.arm === arm && comparison.against === against);
}

function versus(comparison: Figures): string {
  const { arm, against, ci95 } = comparison;
  switch (sign(ci95)) {
    case 1:
      return `${arm} beats ${against} by ${figures(comparison, ' points')}`;
    case -1:
      return `${arm} falls behind ${against} by ${figures(negate(comparison), ' points')}`;
    default:
      return `${arm} is level with ${against}, ${figures(comparison, ' points')}`;
  }
}

/** Of a difference that counts, but by the interval for these splits alone. */
function reservation(comparison: Figures): string {
  return isOpenElsewhere(comparison) ? ' on these splits' : '';
}

function mixing(comparison: Figures, dataset: string): string {
  const side = sign(comparison.ci95);
  if (side === 0) return 'no evidence that mixing itself helps here';
  const claim = `mixing itself ${side > 0 ? 'helps' : 'hurts'} on these splits of ${dataset}`;
  if (!isOpenElsewhere(comparison)) return claim;
  return `${claim}, but for new data the corrected t finds no evidence (p = ${comparison.correctedT?.p.toFixed(3)})`;
}

/** Whether the difference counts for these splits, and not by the corrected t. */
function isOpenElsewhere({ ci95, correctedT }: Figures): boolean {
  return correctedT !== null && sign(ci95) !== 0 && sign(correctedT.ci95) !== sign(ci95);
}

/** 1 or -1 where the interval leaves out zero, else 0. */
function sign([low, high]: Figures['ci95']): -1 | 0 | 1 {
  if (low !== null && low > 0) return 1;
  if (high !== null && high < 0) return -1;
  return 0;
}

/** "1.8 [1.2, 2.4]", in percentage points. @param unit what stands behind the mean */
function figures({ meanDifference, ci95 }: Pick<Figures, 'meanDifference' | 'ci95'>, unit = ''): string {
  const decimals = pointDecimals(ci95);
  const [low, high] = ci95.map((bound) => (bound === null ? '?' : formatPoints(bound, decimals)));
  return `${formatPoints(meanDifference, decimals)}${unit} [${low}, ${high}]`;
}

function negate({ meanDifference, ci95: [low, high] }: Pick<Figures, 'meanDifference' | 'ci95'>) {
  return { meanDifference: -meanDifference, ci95: [high === null ? null : -high, low === null ? null : -low] as const };
}
