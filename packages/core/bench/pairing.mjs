/**
 * Measure the pairings that know the data, as seconds and as ratios to a random permutation of as many rows.
 *
 *     node packages/core/bench/pairing.mjs
 *
 * Run it after a build.
 */
import { createRandom, identity, permutationPairing } from '@mixup/core';
import { kernelPairing, transportPairing } from '@mixup/core/methods';

/** The least of a few runs, in seconds: what the machine's other work disturbs least. */
function least(run, runs = 5) {
  let best = Infinity;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

function report(name, seconds, unit) {
  console.log(`${name.padEnd(64)} ${seconds.toFixed(3)} s  ${(seconds / unit).toFixed(0).padStart(5)} permutations`);
}

const rows = 100_000;
const random = createRandom(0);
const all = identity(rows);
const unit = least(() => permutationPairing(random, all));
const normalNumber = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const normal = Float64Array.from(all, normalNumber);
const columns = (size, value) => ({
  data: Float64Array.from({ length: rows * size }, (_, i) => value(i % size)),
  shape: [rows, size],
});
const labels = {
  'normal, bandwidth of the data': [normal, {}],
  'normal, bandwidth 1': [normal, { bandwidth: 1 }],
  'even, a seventh of a bandwidth apart': [Float64Array.from(all, (i) => i / 7), { bandwidth: 1 }],
  'heavy tail': [Float64Array.from(all, (i) => Math.tan(((i + 0.5) / rows) * 3.1)), { bandwidth: 1 }],
  'all the same': [new Float64Array(rows), { bandwidth: 1 }],
  'two columns, normal, bandwidth of the data': [columns(2, normalNumber), {}],
  'two columns, normal, bandwidth 0.01': [columns(2, normalNumber), { bandwidth: 0.01 }],
  'two columns, one of two values, bandwidth 0.001': [
    columns(2, (c) => (c === 0 ? 10 * Math.round(random()) : normalNumber())),
    { bandwidth: 0.001 },
  ],
  'three columns, normal, bandwidth of the data': [columns(3, normalNumber), {}],
  'four columns, normal, bandwidth of the data': [columns(4, normalNumber), {}],
};
console.log(`kernelPairing, a partner for each of ${rows} rows, sorting included; labels:`);
for (const [name, [targets, options]] of Object.entries(labels)) {
  report(
    `  ${name}`,
    least(() => kernelPairing(targets, options)(random, all)),
    unit,
  );
}

const features = { data: Float64Array.from({ length: 1024 * 64 }, () => random()), shape: [1024, 64] };
console.log('transportPairing, 1,024 rows of 64 features:');
const small = least(() => permutationPairing(random, identity(1024)), 50);
for (const k of [1, 16, 64, 256, 1024]) {
  report(
    `  k = ${k}`,
    least(() => transportPairing(features, { k })(random, identity(1024))),
    small,
  );
}
