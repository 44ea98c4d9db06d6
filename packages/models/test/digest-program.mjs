/**
 * Six whole trainings as one digest, for any JavaScript engine: `node test/digest-program.mjs dist/index.js`.
 *
 * It needs nothing but the module it is given. Data, plans and weights come from whole-number arithmetic, so whatever
 * differs between two engines differs in the kernel.
 *
 * @param {{ createWasmEngine: Function, sampleGlorotUniform: Function }} models what @mixup/models exports
 * @returns {Promise<{ sha256: string, losses: number[] }>} digest of all scores, weights, predictions and input gradients; last losses
 */
export async function digestTrainings({ createWasmEngine, sampleGlorotUniform }) {
  let state = 1;
  // Park and Miller, "Random Number Generators: Good Ones Are Hard to Find", 1988.
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483648;
  };
  const integers = (length, below) => Int32Array.from({ length }, () => Math.floor(random() * below));

  const rows = 155;
  const trainings = [
    { shape: { inputs: 64, hidden: [80], outputs: 10 }, batchSize: 30 },
    {
      shape: { inputs: 7, hidden: [19, 12], outputs: 3, activation: 'tanh' },
      batchSize: 32,
      optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0.9 },
      l2: 1e-3,
    },
    { shape: { inputs: 13, hidden: [], outputs: 5 }, batchSize: 7, optimizer: { name: 'adam', learningRate: 0.01 } },
    {
      shape: { inputs: 9, hidden: [21, 10], outputs: 6, head: 'sigmoid' },
      batchSize: 30,
      optimizer: { name: 'adamw', weightDecay: 0.05 },
      weighted: true,
      layer: Int32Array.of(0, 1, 2, 1, 0, 2),
    },
    {
      shape: { inputs: 11, hidden: [18, 7], outputs: 3, activation: 'tanh', head: 'linear' },
      batchSize: 32,
      masked: [0, 1, 2],
      layer: 1,
      learningRate: (step) => 0.02 / (1 + step),
    },
    { shape: { inputs: 5, hidden: [33], outputs: 4 }, batchSize: 64, weighted: true, masked: [1] },
  ];

  const engine = await createWasmEngine();
  const results = [];
  const losses = [];
  for (const training of trainings) {
    const { shape, batchSize, optimizer, l2, weighted, masked = [], layer, learningRate } = training;
    const labels = integers(rows, shape.outputs);
    const x = Float32Array.from({ length: rows * shape.inputs }, (_, i) => {
      const label = labels[Math.floor(i / shape.inputs)];
      return 2 * random() - 1 + ((i % shape.inputs) % shape.outputs === label ? 0.5 : 0);
    });
    const y = new Float32Array(rows * shape.outputs);
    for (const [row, label] of labels.entries()) y[row * shape.outputs + label] = 1;
    const weights = weighted && Float64Array.from({ length: rows }, () => integers(1, 5)[0] / 2);
    const loading = { head: shape.head ?? 'softmax', ...(weights && { weights }) };
    const data = engine.load(
      { data: x, shape: [rows, shape.inputs] },
      { data: y, shape: [rows, shape.outputs] },
      loading,
    );
    const network = engine.createNetwork({
      shape,
      weights: sampleGlorotUniform(random, shape),
      ...(optimizer && { optimizer }),
      ...(l2 && { l2 }),
    });
    const units = [shape.inputs, ...shape.hidden];
    for (let epoch = 0; epoch < 30; epoch++) {
      const index = integers(rows, rows);
      const partner = integers(rows, rows);
      const lambda = Float64Array.from({ length: rows }, () => (random() < 0.5 ? 1 : random()));
      const masks = units.map((width, h) => {
        if (!masked.includes(h)) return undefined;
        return {
          data: Float32Array.from(integers(rows * width, 4), (n) => (n === 0 ? 0 : 4 / 3)),
          shape: [rows, width],
        };
      });
      const score = network.train(
        data,
        { index, partner, lambda },
        { batchSize, masks, ...(layer !== undefined && { layer }), ...(learningRate && { learningRate }) },
      );
      const held = network.evaluate(data);
      results.push(Float64Array.of(score.loss, score.accuracy, held.loss, held.accuracy));
      if (epoch === 29) losses.push(score.loss);
    }
    for (const { kernel, bias } of network.weights()) results.push(kernel.data, bias);
    results.push(network.predict(data).data, network.inputGradients(data).data);
  }

  const bytes = new Uint8Array(results.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of results) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return { sha256: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''), losses };
}

// As a program: not in a browser, not when imported.
if (globalThis.process?.argv[1]?.endsWith('digest-program.mjs')) {
  const { pathToFileURL } = await import('node:url');
  const models = await import(pathToFileURL(process.argv[2]).href);
  console.log(JSON.stringify(await digestTrainings(models)));
}
