/** Bits: what every machine must compute alike, as digests that are known beforehand. */
import { createHash } from 'node:crypto';
import { createRandom, mixRows, oneHot, placeRows, sampleBetas, sampleMixPlan } from '@mixup/core';
import { createWasmEngine, sampleGlorotUniform } from '@mixup/models';

/** One thing computed, and what it should be. */
export interface BitCheck {
  readonly name: string;
  readonly sha256: string;
  readonly expected: string;
  readonly same: boolean;
}

/** As computed on Linux x64, Node 20.20; test/doctor.test.ts holds this machine to them, changed only where bits are meant to. */
export const expectedBits = {
  lambdas: 'c414dc92ab8b6f74f96cf2f65c54d8d1912c8486b2a5acc55e7f3b24f2e19a25',
  mixing: '17ed91373664f9b23b2319bcd4a7ed3c53a02ed14586d5b0cc22df71e556ac95',
  training: '036c8ed558066a283925305ab264a1da930808d68035710f4fdf2d9d4fa7812b',
} as const;

/** Shapes that pass through every branch of the sampler. */
const laws = [
  [0.001, 0.001],
  [0.2, 0.2],
  [0.4, 0.4],
  [1, 1],
  [8, 8],
  [0.2, 3],
  [0.9, 8],
] as const;

/** Compute each digest anew. @throws what the kernel throws where it does not start */
export async function checkBits(): Promise<BitCheck[]> {
  const digests = { lambdas: digestLambdas(), mixing: digestMixing(), training: await digestTraining() };
  return Object.entries(digests).map(([name, sha256]) => {
    const expected = expectedBits[name as keyof typeof expectedBits];
    return { name, sha256, expected, same: sha256 === expected };
  });
}

/** 70,000 mixing weights. */
function digestLambdas(): string {
  const random = createRandom(0).fork('lambdas');
  return digest(laws.map(([a, b]) => sampleBetas(random, a, b, 10_000)));
}

/** Rows mixed in the memory of the kernel. */
function digestMixing(): string {
  const random = createRandom(0).fork('mixing');
  const data = Float32Array.from({ length: 64 * 13 }, () => 2 * random() - 1);
  const { x, out } = placeRows({ data, shape: [64, 13] });
  return digest([mixRows(x, sampleMixPlan(random, { batch: 64, alpha: 1 }), { out }).data]);
}

/** A small network trained for 20 epochs: its losses, weights and probabilities. */
async function digestTraining(): Promise<string> {
  const random = createRandom(0).fork('training');
  const rows = 120;
  const labels = Int32Array.from({ length: rows }, (_, i) => i % 3);
  const data = Float32Array.from(
    { length: rows * 8 },
    (_, i) => 2 * random() - 1 + (i % 3 === Math.floor(i / 8) % 3 ? 0.5 : 0),
  );
  const engine = await createWasmEngine();
  const loaded = engine.load({ data, shape: [rows, 8] }, oneHot(labels, 3));
  const shape = { inputs: 8, hidden: [17, 6], outputs: 3 };
  const network = engine.createNetwork({ shape, weights: sampleGlorotUniform(random, shape) });
  const scores = Array.from({ length: 20 }, () => {
    const score = network.train(loaded, sampleMixPlan(random, { batch: rows, alpha: 0.2 }), { batchSize: 16 });
    return Float64Array.of(score.loss, score.accuracy);
  });
  const weights = network.weights().flatMap(({ kernel, bias }) => [kernel.data, bias]);
  const result = digest([...scores, ...weights, network.predict(loaded).data]);
  network.dispose();
  return result;
}

function digest(arrays: readonly (Float32Array | Float64Array)[]): string {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(array);
  return hash.digest('hex');
}
