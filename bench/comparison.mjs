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
 * @property {number} cpuSeconds - of the peer, over all of its threads; `mixupCpuSeconds` and `cpuRatio` accordingly
 * @property {number} furtherSeconds - of the peer for each further trial
 * @property {number} mixupFurtherSeconds - `furtherCpuSeconds` and `mixupFurtherCpuSeconds` are the processor time of both
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
      const own = timeProcess(peer.python ?? process.execPath, peer.command(counts[i]));
      accuracy = JSON.parse(own.stdout.trim().split('\n').at(-1)).accuracy;
      say(`  ${count} trials: mixup ${show(mixup)}; ${peer.name}, ${counts[i]} trials: ${show(own)}`);
      return { mixup, own };
    });
    const own = extrapolate(times[0].own, times[1].own, counts, trials);
    const mixup = extrapolate(times[0].mixup, times[1].mixup, all, trials);
    rounds.push({
      seconds: own.seconds,
      further: own.further,
      furtherCpu: own.furtherCpu,
      cpu: own.cpuSeconds,
      mixup: mixup.seconds,
      mixupFurther: mixup.further,
      mixupFurtherCpu: mixup.furtherCpu,
      mixupCpu: mixup.cpuSeconds,
      ratio: own.seconds / mixup.seconds,
      cpuRatio: own.cpuSeconds / mixup.cpuSeconds,
    });
  }
  const of = (key) => median(rounds.map((round) => round[key]));
  return {
    name: peer.name,
    form: peer.form,
    seconds: of('seconds'),
    scaledFrom: counts === all ? undefined : counts,
    mixupSeconds: of('mixup'),
    ratio: of('ratio'),
    cpuSeconds: of('cpu'),
    mixupCpuSeconds: of('mixupCpu'),
    cpuRatio: of('cpuRatio'),
    furtherSeconds: of('further'),
    mixupFurtherSeconds: of('mixupFurther'),
    furtherCpuSeconds: of('furtherCpu'),
    mixupFurtherCpuSeconds: of('mixupFurtherCpu'),
    accuracy,
    target: peer.target,
  };
}

/** From two runs, with `counts` trials: what a further trial takes, and what all of them take. */
function extrapolate(first, second, counts, trials) {
  const slope = (key) => (second[key] - first[key]) / (counts[1] - counts[0]);
  const total = (key) => first[key] + (trials - counts[0]) * slope(key);
  return {
    seconds: total('seconds'),
    cpuSeconds: total('cpuSeconds'),
    further: slope('seconds'),
    furtherCpu: slope('cpuSeconds'),
  };
}

const show = ({ seconds, cpuSeconds }) => `${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor time)`;

/** The command as a person types it, files and pictures written. */
function runMixup(trials, out) {
  const words = ['run', 'digits', '--arms', 'baseline,append', '--workers', '2', '--trials', `${trials}`, '--out', out];
  return timeProcess(process.execPath, ['apps/cli/bin/mixup.js', ...words]);
}
