/**
 * What the kernel makes of one core: `pnpm run bench` (after `build`).
 *
 * Operations counted: those of the matrix products alone, 2 m n k for each, forward and backward, none for the errors of
 * the input. The optimizer, softmax, gathering and mixing take their time and count for nothing. Best of many rounds,
 * the peak measured between them, as other work on the machine only ever slows a round.
 */
import { createRandom, sampleMixPlan } from '@mixup/core';
import { compileKernel } from '../scripts/compile-kernel.mjs';

const { createWasmEngine, sampleGlorotUniform } = await import(
  process.argv.find((a) => a.endsWith('.js') && a.includes('dist')) ?? '../dist/index.js'
);

const CASES = [
  { inputs: 64, hidden: [80], outputs: 10, batch: 30 },
  { inputs: 64, hidden: [80], outputs: 10, batch: 128 },
  { inputs: 4, hidden: [80], outputs: 3, batch: 30 },
  { inputs: 784, hidden: [512], outputs: 10, batch: 30 },
  { inputs: 784, hidden: [512], outputs: 10, batch: 128 },
];
const ROUNDS = 40;
const ROUND_MS = 25;

const memory = new WebAssembly.Memory({ initial: 1 });
const { instance } = await WebAssembly.instantiate(await compileKernel('kernel/peak.ts'), { env: { memory } });
const engine = await createWasmEngine();
const peak = { 8: 0, 12: 0 };

const cases = CASES.map(({ batch, ...shape }) => {
  const random = createRandom(0);
  const { inputs, hidden, outputs } = shape;
  const units = [inputs, ...hidden, outputs];
  const rows = batch * 16;
  const x = Float32Array.from({ length: rows * inputs }, () => 2 * random() - 1);
  const y = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row++) y[row * outputs + Math.floor(random() * outputs)] = 1;
  const data = engine.load({ data: x, shape: [rows, inputs] }, { data: y, shape: [rows, outputs] });
  const network = engine.createNetwork({ shape, weights: sampleGlorotUniform(random, shape) });
  const plan = sampleMixPlan(random, { batch: rows, alpha: 0.2 });
  let flops = 0;
  for (let layer = 1; layer < units.length; layer++) {
    flops += 2 * batch * units[layer - 1] * units[layer] * (layer > 1 ? 3 : 2);
  }
  const epoch = () => network.train(data, plan, { batchSize: batch });
  return { name: `${units.join('-')}, batch ${batch}`, epoch, flops, steps: rows / batch, best: Infinity, share: 0 };
});

/** Microseconds a call, at best for as long as a round lasts. */
function time(call) {
  let best = Infinity;
  for (const end = performance.now() + ROUND_MS; performance.now() < end; ) {
    const start = performance.now();
    call();
    best = Math.min(best, (performance.now() - start) * 1000);
  }
  return best;
}

for (const { epoch } of cases) time(epoch);
for (const chains of [8, 12]) time(() => instance.exports[`peak${chains}`](20_000));
// Until the optimising compiler is through.
await new Promise((resolve) => setTimeout(resolve, 300));
for (let round = 0; round < ROUNDS; round++) {
  for (const chains of [8, 12]) {
    const turns = 20_000;
    const us = time(() => instance.exports[`peak${chains}`](turns));
    peak[chains] = Math.max(peak[chains], (turns * chains * 8) / us / 1000);
  }
  for (const one of cases) one.best = Math.min(one.best, time(one.epoch) / one.steps);
}

const lines = cases.map(({ name, flops, best }) => ({
  name,
  usPerStep: Number(best.toFixed(1)),
  gflops: Number((flops / best / 1000).toFixed(1)),
  share: Number((flops / best / 1000 / peak[8]).toFixed(3)),
}));
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ node: process.version, peak, cases: lines }));
} else {
  console.log(
    `node ${process.version}; peak ${peak[8].toFixed(1)} GFLOP/s (8 chains), ${peak[12].toFixed(1)} (12 chains)`,
  );
  for (const { name, usPerStep, gflops, share } of lines) {
    console.log(
      `${name.padEnd(24)} ${String(usPerStep).padStart(8)} us a step  ${String(gflops).padStart(5)} GFLOP/s  ${(100 * share).toFixed(0).padStart(3)} % of peak`,
    );
  }
}
