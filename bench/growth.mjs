/**
 * How cost grows with rows, width, trials and workers: `npm run bench:growth` (after `npm run setup`) measures, writes
 * docs/growth.json and draws docs/growth-….svg; with `--draw` it draws again what was measured, into the folder that follows.
 *
 * Rows and width are epochs of one network in the kernel, by `pnpm --filter @mixup/models run bench:growth`. Trials and workers are whole
 * processes of `mixup run digits`, files and pictures with them. All are taken in turns, several times, and the best is kept: other
 * work on the machine only ever slows a run.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDocument } from '@mixup/experiments/node';
import { busyProcessorSeconds } from './busy.mjs';
import { drawGrowth } from './growth-plot.mjs';
import { root } from './python.mjs';
import { timeProcess } from './whole-process.mjs';

// Node reads these certificates at each start, 50 ms and more where they are all of a browser's, and nothing here asks for one.
delete process.env.NODE_EXTRA_CA_CERTS;

const docs = join(root, 'docs');
const rounds = 4;
const trials = [1, 5, 10, 20, 40, 80];
const cores = availableParallelism();

const [flag, folder = docs] = process.argv.slice(2);
if (flag !== undefined && flag !== '--draw') {
  console.error(`bench:growth: --draw [folder] is the only option, got ${flag}`);
  process.exit(2);
}
const data = flag === '--draw' ? JSON.parse(readFileSync(join(docs, 'growth.json'), 'utf8')) : await measure();
if (flag === undefined) writeFileSync(join(docs, 'growth.json'), `${JSON.stringify(data, null, 2)}\n`);
for (const [name, svg] of Object.entries(drawGrowth(data, await createDocument()))) {
  writeFileSync(join(folder, `growth-${name}.svg`), svg);
}
console.log(`growth: docs/growth.json is drawn in ${folder}`);

async function measure() {
  const kernels = Array.from({ length: 3 }, () =>
    JSON.parse(timeProcess(process.execPath, ['packages/models/bench/growth.mjs', '--json']).stdout),
  );
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores,
    node: process.version,
    rows: bestOf(kernels.map(({ rows }) => rows)),
    width: bestOf(kernels.map(({ width }) => width)),
    ...(await measureProcesses()),
  };
}

/** Of each case the fastest, beside the highest peak. */
function bestOf(tables) {
  const best = (i) => tables.map(({ cases }) => cases[i]).reduce((a, b) => (b.usPerStep < a.usPerStep ? b : a));
  const peak = Math.max(...tables.map((table) => table.peak));
  return { peak: round(peak), cases: tables[0].cases.map((_, i) => best(i)) };
}

/**
 * Each number of trials on one thread and on two; the last one on more, up to twice the cores; and that on one thread by as many
 * processes at once as there are cores, which is what the machine gives to work that shares nothing.
 */
async function measureProcesses() {
  const most = trials.at(-1);
  const more = Array.from({ length: Math.min(2 * cores, 8) - 2 }, (_, i) => ({ trials: most, workers: i + 3 }));
  const cases = [...trials.flatMap((n) => [1, 2].map((workers) => ({ trials: n, workers }))), ...more];
  const best = cases.map((each) => ({ ...each, seconds: Infinity, cpuSeconds: 0, others: null }));
  let sideBySide = { trials: most, processes: cores, seconds: Infinity };
  for (let round = 0; round < rounds; round++) {
    for (const [i, each] of cases.entries()) {
      // Once more where something else had a share of the machine.
      for (let attempt = 0; attempt < 2; attempt++) {
        const run = measureRun(each);
        if (run.seconds < best[i].seconds) best[i] = run;
        if (!(run.others > 0.03)) break;
      }
    }
    const seconds = await measureSideBySide(most);
    if (seconds < sideBySide.seconds) sideBySide = { ...sideBySide, seconds };
  }
  return { processes: best, sideBySide };
}

/** @returns what is typed, without the name of the folder that ends it */
function commandOf({ trials, workers }) {
  const words = ['apps/cli/bin/mixup.js', 'run', 'digits', '--arms', 'baseline,append', '--quiet', '--json'];
  return [...words, '--trials', String(trials), '--workers', String(workers), '--out'];
}

/** @returns seconds until the last of them is done */
async function measureSideBySide(trials) {
  const out = mkdtempSync(join(tmpdir(), 'mixup-growth-'));
  try {
    const start = performance.now();
    const runs = Array.from({ length: cores }, (_, i) =>
      promisify(execFile)(process.execPath, [...commandOf({ trials, workers: 1 }), join(out, `run-${i}`)], {
        cwd: root,
        maxBuffer: 2 ** 26,
      }),
    );
    await Promise.all(runs);
    return round((performance.now() - start) / 1000);
  } finally {
    rmSync(out, { recursive: true });
  }
}

function measureRun({ trials, workers }) {
  const out = mkdtempSync(join(tmpdir(), 'mixup-growth-'));
  try {
    const before = busyProcessorSeconds();
    const words = [...commandOf({ trials, workers }), join(out, 'run')];
    const { seconds, cpuSeconds } = timeProcess(process.execPath, words);
    const busy = before === undefined ? undefined : busyProcessorSeconds() - before;
    const others = busy === undefined ? null : Math.max(0, busy - cpuSeconds) / seconds / cores;
    return {
      trials,
      workers,
      seconds: round(seconds),
      cpuSeconds: round(cpuSeconds),
      // Share of all cores that other work had meanwhile; unknown where the system does not tell.
      others: others === null ? null : round(others),
    };
  } finally {
    rmSync(out, { recursive: true });
  }
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
