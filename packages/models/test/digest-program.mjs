/**
 * Three whole trainings as one digest, for any JavaScript engine: `node test/digest-program.mjs dist/index.js`.
 *
 * It needs nothing but the module it is given. Data, plans and weights come from whole-number arithmetic, so whatever
 * differs between two engines differs in the kernel.
 *
 * @param {{ createWasmEngine: Function, sampleGlorotUniform: Function }} models what @mixup/models exports
 * @returns {Promise<{ sha256: string, losses: number[] }>} digest of all scores, weights and probabilities; last losses
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
  ];

  const engine = await createWasmEngine();
  const results = [];
  const losses = [];
  for (const { batchSize, ...options } of trainings) {
    const { shape } = options;
    const labels = integers(rows, shape.outputs);
    const x = Float32Array.from({ length: rows * shape.inputs }, (_, i) => {
      const label = labels[Math.floor(i / shape.inputs)];
      return 2 * random() - 1 + ((i % shape.inputs) % shape.outputs === label ? 0.5 : 0);
    });
    const y = new Float32Array(rows * shape.outputs);
    for (const [row, label] of labels.entries()) y[row * shape.outputs + label] = 1;
    const data = engine.load({ data: x, shape: [rows, shape.inputs] }, { data: y, shape: [rows, shape.outputs] });
    const network = engine.createNetwork({ ...options, weights: sampleGlorotUniform(random, shape) });
    for (let epoch = 0; epoch < 30; epoch++) {
      const index = integers(rows, rows);
      const partner = integers(rows, rows);
      const lambda = Float64Array.from({ length: rows }, () => (random() < 0.5 ? 1 : random()));
      const score = network.train(data, { index, partner, lambda }, { batchSize });
      const held = network.evaluate(data);
      results.push(Float64Array.of(score.loss, score.accuracy, held.loss, held.accuracy));
      if (epoch === 29) losses.push(score.loss);
    }
    for (const { kernel, bias } of network.weights()) results.push(kernel.data, bias);
    results.push(network.predict(data).data);
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
