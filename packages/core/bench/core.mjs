/** The hot paths of @mixup/core against what they can be held to: copying memory, and NumPy's Beta. Needs the build. */
import { execFileSync } from 'node:child_process';
import {
  createRandom,
  mixRows,
  oneHot,
  placeRows,
  rollPairing,
  sampleBeta,
  sampleBetas,
  sampleMixPlan,
} from '@mixup/core';

/**
 * The best of several runs of each, in turn: what disturbs a run only makes it slower, and none finds its arrays in the
 * cache because it has just had them there itself.
 */
function bestMs(runs, rounds) {
  const best = runs.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const [i, run] of runs.entries()) {
      const start = performance.now();
      run();
      best[i] = Math.min(best[i], performance.now() - start);
    }
  }
  return best;
}

function python(program) {
  try {
    // MIXUP_PYTHON: the interpreter of a virtual environment that has NumPy.
    const command = process.env.MIXUP_PYTHON ?? 'python3';
    return JSON.parse(
      execFileSync(command, ['-c', program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
}

const numpy = python(`
import json, time
import numpy as np
def best_ms(run, runs=60):
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        run()
        best = min(best, (time.perf_counter() - start) * 1e3)
    return best
random = np.random.default_rng(0)
x = random.random((4096, 784), dtype=np.float32)
a, b = x, x[random.permutation(4096)]
l = random.beta(0.2, 0.2, (4096, 1)).astype(np.float32)
laws = [(0.2, 0.2), (0.001, 0.001), (0.5, 0.5), (1, 1), (8, 8), (0.2, 3)]
print(json.dumps({
    "version": np.__version__,
    "mix": best_ms(lambda: a * l + b * (1 - l)),
    "beta": [best_ms(lambda: random.beta(p, q, 10_000), 200) for p, q in laws],
}))
`);
const laws = [
  [0.2, 0.2],
  [0.001, 0.001],
  [0.5, 0.5],
  [1, 1],
  [8, 8],
  [0.2, 3],
];
if (!numpy) console.log('NumPy: not found (set MIXUP_PYTHON to a Python that has it), so it is not compared.');

const shape = [4096, 784];
const random = createRandom(0);
const x = { data: Float32Array.from({ length: 4096 * 784 }, () => random()), shape };
const out = { data: new Float32Array(4096 * 784), shape };
const plan = sampleMixPlan(random, { batch: 4096, alpha: 0.2 });
const placed = placeRows(x);
// Partners in the order of memory: what is left of the time when nothing is read from here and there.
const rolled = { ...plan, partner: rollPairing(random, plan.index) };
// Labels too, as everyone mixes them: float64 where features are float32.
const y = oneHot(new Int32Array(4096), 10);
// Two sources read and one written is three arrays of traffic; a copy of n bytes reads n and writes n, so 1.5 arrays.
const from = new Float32Array(1.5 * 4096 * 784).fill(1);
const to = new Float32Array(from.length);
// Like with like: every one of them writes into memory that was there before, but for the one that says so, and NumPy's
// expression, which makes three arrays, as it does for who writes it.
const [copy, mixPlaced, mix, mixRolled, fresh] = bestMs(
  [
    () => to.set(from),
    () => mixRows(placed.x, plan, { out: placed.out }),
    () => mixRows(x, plan, { out }),
    () => mixRows(placed.x, rolled, { out: placed.out }),
    () => mixRows(x, plan),
    () => mixRows(y, plan),
  ],
  60,
);
const row = (name, ms, ratio) => console.log(`${name.padEnd(48)} ${ms.toFixed(2).padStart(8)} ms  ${ratio}`);

row('copy as many bytes as mixRows reads and writes', copy, '');
for (const [name, ms] of [
  ['mixRows [4096, 784] float32, placed rows', mixPlaced],
  ['mixRows [4096, 784] float32, placed, rolled', mixRolled],
  ['mixRows [4096, 784] float32, into out', mix],
  ['mixRows [4096, 784] float32, into a new array', fresh],
]) {
  row(name, ms, `${(ms / copy).toFixed(2)} times the copy (at most 1.5 is wanted)`);
  if (numpy) {
    const ratio = `${(numpy.mix / ms).toFixed(2)} times as long (at least 2 is wanted)`;
    row(`  NumPy ${numpy.version}: a * l + b * (1 - l)`, numpy.mix, ratio);
  }
}

const draws = 10_000;
for (const [i, [a, b]] of laws.entries()) {
  const [many, single] = bestMs(
    [
      () => sampleBetas(random, a, b, draws),
      () => {
        let sum = 0;
        for (let k = 0; k < draws; k++) sum += sampleBeta(random, a, b);
        return sum;
      },
    ],
    200,
  );
  const nanoseconds = (ms) => `${((ms / draws) * 1e6).toFixed(0).padStart(4)} ns a draw`;
  for (const [name, ms] of [
    [`sampleBetas(random, ${a}, ${b}, ${draws})`, many],
    [`sampleBeta(random, ${a}, ${b}), ${draws} times`, single],
  ]) {
    const ratio = numpy
      ? `, NumPy's Generator takes ${(numpy.beta[i] / ms).toFixed(2)} of it (at least 1 is wanted)`
      : '';
    console.log(`${name.padEnd(48)} ${nanoseconds(ms)}${ratio}`);
  }
}
