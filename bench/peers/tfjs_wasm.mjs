/**
 * TensorFlow.js on its WASM backend, the fastest that it has in Node for dense networks: `model.fit` with validation data,
 * a new model for each arm and trial.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom, identity, joinPlans, mixRows, mixupPlans, oneHot, plainPlan } from '@mixup/core';
import { loadDigits, standardScaler, trainTestSplit } from '@mixup/datasets';

// Node can't load their ES modules; the workspace has them where its models are tested.
const require = createRequire(new URL('../../packages/models/package.json', import.meta.url));
const tf = require('@tensorflow/tfjs-core');
const layers = require('@tensorflow/tfjs-layers');
const wasm = require('@tensorflow/tfjs-backend-wasm');

const { values } = parseArgs({ options: { trials: { type: 'string', default: '20' } } });
const trials = Number(values.trials);

// Without the checks of a development build.
tf.enableProdMode();
wasm.setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
if (!(await tf.setBackend('wasm'))) throw new Error('the WASM backend does not start');

const { features, labels } = await loadDigits();
const x = standardScaler.transform(standardScaler.fit(features), features);
const y = oneHot(labels, 10);

/** @returns the accuracy on the held-out rows after the last epoch */
async function fit(arm, trial) {
  const random = createRandom(trial);
  const { train, test } = trainTestSplit(labels.length, { testSize: 0.2, random });
  const own = plainPlan(identity(train.length));
  const [mixed] = mixupPlans(random, { rows: train.length, batchSize: 300, alpha: 0.2 });
  const plan = arm === 'append' ? joinPlans(own, mixed) : own;
  const toRow = (place) => train[place];
  const training = { ...plan, index: plan.index.map(toRow), partner: plan.partner.map(toRow) };
  const tensors = [training, plainPlan(test)].flatMap((rows) =>
    [x, y].map((part) => {
      const { data, shape } = mixRows(part, rows);
      return tf.tensor2d(Float32Array.from(data), shape);
    }),
  );
  const [trainX, trainY, heldX, heldY] = tensors;
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ units: 80, activation: 'relu', inputShape: [64] }),
      layers.layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const { history } = await model.fit(trainX, trainY, {
    batchSize: 30,
    epochs: 30,
    validationData: [heldX, heldY],
    verbose: 0,
    // Its own default gives the page a frame now and then, which costs time.
    yieldEvery: 'never',
  });
  model.dispose();
  tf.dispose(tensors);
  return history.val_acc.at(-1);
}

const accuracy = {};
for (const arm of ['baseline', 'append']) {
  let sum = 0;
  for (let trial = 0; trial < trials; trial++) sum += await fit(arm, trial);
  accuracy[arm] = sum / trials;
}
console.log(JSON.stringify({ trials, accuracy }));
