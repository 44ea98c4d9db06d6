/** One suite, every engine. Numbers lie within 1e-5 of the float64 reference on each: float32 sums in another order; 1e-6 was seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWasmEngine } from '../src/index.ts';
import { loadTensorFlow, type NodeBackend } from '../src/node.ts';
import { createReferenceEngine, engineConformance } from '../src/testing.ts';
import { createTfjsEngine, type TensorFlow } from '../src/tfjs.ts';

const options = { tolerance: 1e-5 };
const all = process.env.MIXUP_REQUIRE_ALL === '1';

describe('the WebAssembly kernel', () => {
  for (const { name, run } of engineConformance(createWasmEngine, options)) it(name, run);
});

describe('the float64 reference itself', () => {
  for (const { name, run } of engineConformance(createReferenceEngine, options)) it(name, run);
});

const native = await loadTensorFlow({ backend: 'node' }).then(
  () => undefined,
  (error: Error) => error.message,
);
if (native && !all) console.log(`skipped: tfjs-node; \`npm run native\` completes it (${native})`);

describe.each<[NodeBackend, string]>([
  ['cpu', 'tfjs-cpu'],
  ['wasm', 'tfjs-wasm'],
  ['node', 'tfjs-tensorflow'],
])('TensorFlow.js, %s backend', (backend, name) => {
  const skip = backend === 'node' && native !== undefined && !all;
  let tf: TensorFlow;
  beforeAll(async () => {
    if (!skip) tf = (await loadTensorFlow({ backend })).tf;
  });
  afterAll(() => {
    if (!skip) expect(tf.getBackend()).toBe(name.replace('tfjs-', ''));
  });

  for (const { name: title, run } of engineConformance(() => createTfjsEngine(tf), options)) {
    it.skipIf(skip)(`${title}, and no tensor is left`, async () => {
      const before = tf.memory().numTensors;
      await run();
      expect(tf.memory().numTensors).toBe(before);
    });
  }
});
