/** The verdict: the comparisons in one sentence, which claims no more than they show. */
import { rowsPerBatchRow } from './arm.ts';
import type { Comparison } from './result.ts';

type Figures = Pick<Comparison, 'arm' | 'against' | 'sameSteps' | 'meanDifference' | 'ci95'>;

/**
 * Say what the comparisons show.
 *
 * A difference counts where its 95 % interval leaves out zero. A gain over the baseline is mixing's own only where it
 * is left against an arm that takes as many steps.
 *
 * @param comparisons of one experiment
 * @param trials how many trials they rest on
 * @example
 * "append beats baseline by 1.8 points [1.2, 2.4]; against the same number of steps, 0.3 [-0.2, 0.8]: no evidence that mixing itself helps here"
 */
export function describeVerdict(comparisons: readonly Figures[], trials: number): string {
  if (trials < 2) return 'one trial is no evidence: run at least two, better twenty';
  const sentences = [describeAppend(comparisons), ...describeMixing(comparisons)].filter((text) => text !== undefined);
  return sentences.length > 0 ? sentences.join('; ') : 'nothing to compare: add baseline and an arm that mixes';
}

function describeAppend(comparisons: readonly Figures[]): string | undefined {
  const gain = find(comparisons, 'append', 'baseline');
  const left = find(comparisons, 'append', 'duplicate');
  if (!gain && !left) return undefined;
  if (!left) {
    return `${versus(gain as Figures)}; it also takes more steps, so add the arm duplicate to tell mixing from steps`;
  }
  if (!gain) return `against the same number of steps, append is ahead by ${figures(left)}: ${mixing(left)}`;
  return `${versus(gain)}; against the same number of steps, ${figures(left)}: ${mixing(left)}`;
}

/** The arms that take as many steps as the baseline. */
function describeMixing(comparisons: readonly Figures[]): string[] {
  return comparisons
    .filter(({ against, sameSteps }) => against === 'baseline' && sameSteps)
    .map((gain) => `${versus(gain)} in the same number of steps${moreRows(gain)}: ${mixing(gain)}`);
}

/** Steps alone do not tell what they cost. */
function moreRows({ arm }: Figures): string {
  return rowsPerBatchRow(arm) === 2 ? ', each of twice as many rows' : '';
}

function find(comparisons: readonly Figures[], arm: string, against: string): Figures | undefined {
  return comparisons.find((comparison) => comparison.arm === arm && comparison.against === against);
}

function versus({ arm, against, ...rest }: Figures): string {
  const text = figures(rest);
  switch (sign(rest.ci95)) {
    case 1:
      return `${arm} beats ${against} by ${text.replace(' ', ' points ')}`;
    case -1:
      return `${arm} falls behind ${against} by ${figures(negate(rest)).replace(' ', ' points ')}`;
    default:
      return `${arm} is level with ${against}, ${text.replace(' ', ' points ')}`;
  }
}

function mixing({ ci95 }: Pick<Figures, 'ci95'>): string {
  switch (sign(ci95)) {
    case 1:
      return 'mixing itself helps here';
    case -1:
      return 'mixing itself hurts here';
    default:
      return 'no evidence that mixing itself helps here';
  }
}

/** 1 or -1 where the interval leaves out zero, else 0. */
function sign([low, high]: Figures['ci95']): -1 | 0 | 1 {
  if (low !== null && low > 0) return 1;
  if (high !== null && high < 0) return -1;
  return 0;
}

/** "1.8 [1.2, 2.4]", in percentage points. */
function figures({ meanDifference, ci95: [low, high] }: Pick<Figures, 'meanDifference' | 'ci95'>): string {
  return `${points(meanDifference)} [${points(low)}, ${points(high)}]`;
}

function points(fraction: number | null): string {
  if (fraction === null) return '?';
  // No "-0.0".
  return (Math.round(fraction * 1000) / 10 + 0).toFixed(1);
}

function negate({ meanDifference, ci95: [low, high] }: Pick<Figures, 'meanDifference' | 'ci95'>) {
  return { meanDifference: -meanDifference, ci95: [high === null ? null : -high, low === null ? null : -low] as const };
}
