/** Whole processes: from the start to the end, as a person waits for them. */
import { spawnSync } from 'node:child_process';
import { root } from './python.mjs';

/** Runs what follows, then tells what processor time it took, user and system, as `12m3.45s`, in the last line. */
const shellTimes = '"$0" "$@"; status=$?; times >&2; exit $status';

/**
 * Time a process.
 *
 * @param {string} program
 * @param {string[]} words
 * @returns {{ seconds: number, cpuSeconds: number, stdout: string }} `cpuSeconds` over all of its threads and processes: what
 *   other work on the machine changes least; NaN on Windows
 * @throws Error with the last of what it said when it fails
 */
export function timeProcess(program, words) {
  const isWindows = process.platform === 'win32';
  const [shell, ...before] = isWindows ? [program] : ['sh', '-c', shellTimes, program];
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(shell, [...before, ...words], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) {
    const said = error?.message ?? `${stderr}`.trim().split('\n').slice(-5).join('\n');
    throw new Error(`${program} ${words.join(' ')}: exit code ${status}\n${said}`);
  }
  return { seconds, cpuSeconds: isWindows ? Number.NaN : readTimes(`${stderr}`), stdout };
}

function readTimes(stderr) {
  const line = stderr.trimEnd().split('\n').at(-1);
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + 60 * Number(m) + Number(s), 0);
}

/** @param {number[]} values at least one */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
