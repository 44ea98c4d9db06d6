/** Wording: what there is to see, from the numbers alone. */
import { type Frame, sureFrom } from './frame.ts';

export function percent(share: number, digits = 1): string {
  // No line ends between the two.
  return `${(100 * share).toFixed(digits)}\u00a0%`;
}

/** Say what both networks are worth on held-out points, and whether the difference is one. */
export function accuracySentence({ epoch, arms, scene, onlyRight }: Frame): string {
  if (epoch === 0) return 'Nothing is trained yet: both networks start from the same weights, so they are the same.';
  const [baseline, mixup] = [arms.baseline, arms.mixup].map(
    ({ history }) => history.heldOutAccuracy[epoch] as number,
  ) as [number, number];
  const after = `After ${epoch === 1 ? 'one epoch' : `${epoch} epochs`}`;
  const figures = `the baseline is right about ${percent(baseline)} of ${scene.heldOut} held-out points, mixup about ${percent(mixup)}`;
  return `${after} ${figures}: ${compare(onlyRight, scene.heldOut)}.`;
}

/**
 * Judge a difference by the points that only one of the two is right about: d = b - c of n, with the standard error
 * sqrt(b + c - d^2 / n) of paired proportions.
 *
 * @see McNemar, "Note on the sampling error of the difference between correlated proportions or percentages", 1947
 */
function compare({ baseline, mixup }: Frame['onlyRight'], n: number): string {
  const difference = mixup - baseline;
  const error = Math.sqrt(mixup + baseline - difference ** 2 / n);
  const points = (Math.abs(100 * difference) / n).toFixed(1);
  if (difference === 0) return 'no difference';
  if (Math.abs(difference) < 2 * error) return `${points} points apart, no more than chance would give`;
  return `mixup is ${points} points ${difference > 0 ? 'better' : 'worse'} here`;
}

/** Say how sure both are, and what they have made of the wrong labels. */
export function surfaceSentence({ epoch, arms, scene }: Frame): string {
  if (epoch === 0) return 'Press Play, or take a step.';
  const { baseline, mixup } = arms;
  const sure = `The baseline is at least ${percent(sureFrom, 0)} sure in ${percent(baseline.sure, 0)} of its picture, mixup in ${percent(mixup.sure, 0)} of its own`;
  const wrong = scene.points.filter(({ kind }) => kind === 'wrong').length;
  const learnt =
    wrong === 0
      ? ''
      : ` Of ${wrong === 1 ? 'one wrong label' : `${wrong} wrong labels`} the baseline has learnt ${baseline.wrongLearnt} by heart, mixup ${mixup.wrongLearnt}.`;
  return `${sure}; the thin line is where that begins.${learnt}`;
}

/** Say why there are no more epochs. */
export function divergedSentence({ diverged, epoch }: Frame): string {
  const who = diverged === 'mixup' ? 'Mixup' : 'The baseline';
  return `${who} diverged in epoch ${epoch + 1}: its numbers grew beyond all bounds, so training ends at epoch ${epoch}. A smaller learning rate helps.`;
}
