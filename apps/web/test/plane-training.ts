/** What the Train room computes, put together from the packages alone: nothing of the room is in here. */
import { createRandom, oneHot, samplePermutation } from '@mixup/core';
import { spirals, standardScaler, trainTestSplit } from '@mixup/datasets';
import { createArm } from '@mixup/experiments';
import { createWasmEngine, sampleGlorotUniform } from '@mixup/models';

interface Training {
  readonly seed: number;
  readonly classes: number;
  readonly rows: number;
  readonly noise: number;
  readonly wrong: number;
  readonly points: readonly (readonly [x: number, y: number, label: number])[];
  readonly alpha: number;
  readonly hidden: readonly number[];
  readonly rate: number;
  readonly batch: number;
  readonly epochs: number;
}

/** Train both networks on spirals. @returns the accuracy on held-out rows and the loss on training rows, by epoch */
export async function trainOnSpirals(training: Training) {
  const { seed, classes, rows, noise, wrong, points, alpha, hidden, rate, batch, epochs } = training;
  const random = createRandom(seed);
  const dataset = spirals(random.fork('data'), { rows: rows + 1000, noise, classes });
  const split = trainTestSplit(rows + 1000, {
    trainSize: rows,
    testSize: 1000,
    stratify: dataset.labels,
    random: random.fork('split'),
  });
  const labels = Int32Array.from([...dataset.labels, ...points.map(([, , label]) => label)]);
  const mistakes = random.fork('wrong');
  for (const at of samplePermutation(mistakes, rows).subarray(0, Math.round(wrong * rows))) {
    const row = split.train[at] as number;
    labels[row] = ((labels[row] as number) + 1 + Math.floor(mistakes() * (classes - 1))) % classes;
  }
  const train = Int32Array.from([...split.train, ...points.map((_, i) => rows + 1000 + i)]);
  const features = {
    data: Float64Array.from([...dataset.features.data, ...points.flatMap((point) => point.slice(0, 2))]),
    shape: [labels.length, 2] as const,
  };

  const engine = await createWasmEngine();
  const scaled = standardScaler.transform(standardScaler.fit(features, { rows: train }), features);
  const data = engine.load(scaled, oneHot(labels, classes));
  const shape = { inputs: 2, hidden, outputs: classes };
  const weights = sampleGlorotUniform(random.fork('init'), shape);
  const streams = { order: random.fork('order'), mix: random.fork('mix') };
  const run = (arm: 'baseline' | 'batch') => {
    const network = engine.createNetwork({ shape, weights, optimizer: { name: 'adam', learningRate: rate } });
    const planOf = createArm(arm, streams, { rows: train.length, batchSize: batch, mixSize: 1, alpha });
    const score = () => ({
      accuracy: network.evaluate(data, split.test).accuracy,
      loss: network.evaluate(data, train).loss,
    });
    const scores = [score()];
    for (let epoch = 0; epoch < epochs; epoch++) {
      const { plan } = planOf(epoch);
      const [index, partner] = [plan.index, plan.partner].map((part) => part.map((row) => train[row] as number));
      network.train(data, { ...plan, index, partner } as typeof plan, { batchSize: batch });
      scores.push(score());
    }
    return {
      heldOutAccuracy: scores.map(({ accuracy }) => accuracy),
      trainingLoss: scores.map(({ loss }) => loss),
    };
  };
  return { baseline: run('baseline'), mixup: run('batch') };
}
