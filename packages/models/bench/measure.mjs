/**
 * Trainings to measure, and the most that WebAssembly SIMD gives to measure them by.
 *
 * Operations counted: those of the matrix products alone, 2 m n k for each, forward and backward, none for the errors of
 * the input; with them those on errors that a ReLU has set to 0, which the kernel passes over. The optimizer, the head,
 * gathering and mixing take their time and count for nothing. Best of many rounds, in turns with the peak, as other work
 * on the machine only ever slows a round.
 */
import { createRandom, sampleMixPlan } from '@mixup/core';
import { compileKernel } from '../scripts/compile-kernel.mjs';

export const models = await import(
  process.argv.find((a) => a.endsWith('.js') && a.includes('dist')) ?? '../dist/index.js'
);

const engine = await models.createWasmEngine();

/**
 * A training on data of its own, and one epoch of it as a call.
 *
 * @param {object} setting shape, batch, and `rows` an epoch; `load`, `network` and `train` add options to these
 */
export function createCase({ batch, rows = batch * 16, name, load, network = {}, train, call, ...shape }) {
  const random = createRandom(0);
  const { inputs, hidden, outputs } = shape;
  const units = [inputs, ...hidden, outputs];
  const x = Float32Array.from({ length: rows * inputs }, () => 2 * random() - 1);
  const y = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) y[row * outputs + Math.floor(random() * outputs)] = 1;
  const options = { head: shape.head ?? 'softmax', ...load?.(rows) };
  const data = engine.load({ data: x, shape: [rows, inputs] }, { data: y, shape: [rows, outputs] }, options);
  const one = engine.createNetwork({ shape, weights: models.sampleGlorotUniform(random, shape), ...network });
  const plan = sampleMixPlan(random, { batch: rows, alpha: 0.2 });
  const training = { batchSize: batch, ...train?.(shape, rows, random) };
  let flops = 0;
  for (let layer = 1; layer < units.length; layer++) {
    flops += 2 * batch * units[layer - 1] * units[layer] * (layer > 1 ? 3 : 2);
  }
  return {
    name: name ?? `${units.join('-')}, batch ${batch}`,
    batch,
    rows,
    flops,
    steps: rows / batch,
    epoch: call ? () => call(one, data) : () => one.train(data, plan, training),
    best: Infinity,
    dispose: () => {
      one.dispose();
      data.dispose();
    },
  };
}

/** Microseconds a call, at best for as long as a round lasts. */
function time(call, roundMs) {
  let best = Infinity;
  for (const end = performance.now() + roundMs; performance.now() < end; ) {
    const start = performance.now();
    call();
    best = Math.min(best, (performance.now() - start) * 1000);
  }
  return best;
}

/**
 * Measure cases in turns.
 *
 * @returns {Promise<{ peak: number }>} the peak in GFLOP/s; each case's `best` is set, in microseconds a step
 */
export async function measure(cases, { rounds, roundMs }) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Float32Array(memory.buffer).fill(1e-3);
  const { instance } = await WebAssembly.instantiate(await compileKernel('kernel/peak.ts'), { env: { memory } });
  let peak = 0;
  const turns = 20_000;
  for (const { epoch } of cases) time(epoch, roundMs);
  const runPeak = () => instance.exports.peak(turns, 1024);
  time(runPeak, roundMs);
  // Until the optimising compiler is through.
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (let round = 0; round < rounds; round++) {
    // 8 products and 8 sums of four numbers a turn.
    peak = Math.max(peak, (turns * 64) / time(runPeak, roundMs) / 1000);
    for (const one of cases) one.best = Math.min(one.best, time(one.epoch, roundMs) / one.steps);
  }
  return { peak };
}

/** What a case came to. */
export function figures({ name, batch, rows, flops, best }, peak) {
  const gflops = flops / best / 1000;
  return {
    name,
    batch,
    rows,
    usPerStep: Number(best.toFixed(2)),
    usPerRow: Number((best / batch).toFixed(3)),
    gflops: Number(gflops.toFixed(1)),
    share: Number((gflops / peak).toFixed(3)),
  };
}

export function formatPeak(peak) {
  return `node ${process.version}; peak ${peak.toFixed(1)} GFLOP/s`;
}
