/** One peer beside mixup: both run in turn, with two numbers of trials, whose difference is what a further trial costs. */
import { join } from 'node:path';
import { median, timeProcess } from './whole-process.mjs';

/**
 * @typedef {object} Comparison
 * @property {string} name
 * @property {string} form
 * @property {number} seconds - of the peer for all trials, as a whole process
 * @property {[number, number] | undefined} scaledFrom - the numbers of trials that it was run with, where not with all
 * @property {number} mixupSeconds - of mixup, run beside it
 * @property {number} ratio - median over the repeats
 * @property {number} furtherSeconds - of the peer for each further trial
 * @property {number} mixupFurtherSeconds
 * @property {{ baseline: number, append: number }} accuracy - of the peer on held-out rows: it did learn
 * @property {number | undefined} target - what `ratio` is held to
 */

/** @returns {Comparison} */
export function comparePeer(peer, { trials, repeat, full, folder, say }) {
  const all = [trials, 2 * trials];
  const counts = full || !peer.counts || peer.counts[1] >= trials ? all : peer.counts;
  const rounds = [];
  let accuracy;
  for (let round = 0; round < repeat; round++) {
    const times = all.map((count, i) => {
      const mixup = runMixup(count, join(folder, `${peer.name}-${round}-${count}`));
      const { seconds, stdout } = timeProcess(peer.python ?? process.execPath, peer.command(counts[i]));
      accuracy = JSON.parse(stdout.trim().split('\n').at(-1)).accuracy;
      say(`  ${count} trials: mixup ${mixup.toFixed(2)} s; ${peer.name}, ${counts[i]} trials: ${seconds.toFixed(2)} s`);
      return { mixup, seconds };
    });
    const [first, second] = times;
    const further = (second.seconds - first.seconds) / (counts[1] - counts[0]);
    const seconds = first.seconds + (trials - counts[0]) * further;
    const mixupFurther = (second.mixup - first.mixup) / trials;
    rounds.push({ seconds, further, mixup: first.mixup, mixupFurther, ratio: seconds / first.mixup });
  }
  const of = (key) => median(rounds.map((round) => round[key]));
  return {
    name: peer.name,
    form: peer.form,
    seconds: of('seconds'),
    scaledFrom: counts === all ? undefined : counts,
    mixupSeconds: of('mixup'),
    ratio: of('ratio'),
    furtherSeconds: of('further'),
    mixupFurtherSeconds: of('mixupFurther'),
    accuracy,
    target: peer.target,
  };
}

/** @returns {number} seconds of the command as a person types it, files and pictures written */
function runMixup(trials, out) {
  const words = ['run', 'digits', '--arms', 'baseline,append', '--workers', '2', '--trials', `${trials}`, '--out', out];
  return timeProcess(process.execPath, ['apps/cli/bin/mixup.js', ...words]).seconds;
}
