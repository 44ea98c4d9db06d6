/** Whole processes: from the start to the end, as a person waits for them. */
import { spawnSync } from 'node:child_process';
import { root } from './python.mjs';

/**
 * Time a process.
 *
 * @param {string} program
 * @param {string[]} words
 * @returns {{ seconds: number, stdout: string }}
 * @throws Error with the last of what it said when it fails
 */
export function timeProcess(program, words) {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, words, {
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
  return { seconds, stdout };
}

/** @param {number[]} values at least one */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
