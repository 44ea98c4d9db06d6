/**
 * How long a person waits: `mixup --help` and `mixup run iris` as whole processes, beside `node -e 0`.
 *
 * Medians of processes taken in turn, so that a busy machine is busy for all of them. Exits 1 beyond the limits:
 * help within twice the time of `node -e 0` plus 60 ms, Iris with all its files within 20 times.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Node reads these certificates at each start, 50 ms and more where they are all of a browser's, and nothing here asks for one.
delete process.env.NODE_EXTRA_CA_CERTS;

const rounds = 15;
const bin = fileURLToPath(new URL('../bin/mixup.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mixup-bench-'));
const cases = {
  'node -e 0': () => ['-e', '0'],
  'mixup --help': () => [bin, '--help'],
  'mixup run iris': (round) => [bin, 'run', 'iris', '--out', join(folder, String(round))],
};

const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [name, words] of Object.entries(cases)) {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, words(round));
    if (status !== 0) throw new Error(`${name}: exit code ${status}, ${stderr}`);
    // The first round warms the disk.
    if (round > 0) times[name].push(performance.now() - start);
  }
}
rmSync(folder, { recursive: true });

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const [node, help, iris] = Object.values(times).map(median);
const limits = { 'mixup --help': 2 * node + 60, 'mixup run iris': 20 * node };
console.log(`node -e 0        ${node.toFixed(0)} ms`);
console.log(`mixup --help     ${help.toFixed(0)} ms (limit ${limits['mixup --help'].toFixed(0)} ms)`);
console.log(`mixup run iris   ${iris.toFixed(0)} ms, ${(iris / node).toFixed(1)} times node -e 0 (limit 20)`);
process.exitCode = help <= limits['mixup --help'] && iris <= limits['mixup run iris'] ? 0 : 1;
