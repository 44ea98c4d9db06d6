/**
 * How the kernel's cost grows with rows, width, depth and batch, and what each option adds to a step:
 * `pnpm run bench:growth` (after `build`), `--json` for the numbers alone.
 *
 * One core, one network at a time. What is not varied is the article's Digits network, 64-80-10 on batches of 30.
 */
import { createCase, figures, formatPeak, measure, models } from './measure.mjs';

const digits = { inputs: 64, hidden: [80], outputs: 10, batch: 30 };
const TABLES = {
  rows: [120, 480, 1920, 7680, 30720].map((rows) => ({ ...digits, rows, name: `${rows} rows an epoch` })),
  width: [8, 16, 32, 80, 160, 320, 640, 1280].map((units) => ({ ...digits, hidden: [units], rows: 240 })),
  depth: [0, 1, 2, 4, 8].map((layers) => ({ ...digits, hidden: Array(layers).fill(80), rows: 240 })),
  batch: [1, 2, 4, 8, 16, 30, 64, 128, 256, 512].map((batch) => ({ ...digits, batch })),
  options: [
    { ...digits, name: 'plain' },
    { ...digits, name: 'sample weights', load: (rows) => ({ weights: new Float64Array(rows).fill(1) }) },
    { ...digits, name: 'sigmoid head', head: 'sigmoid' },
    { ...digits, name: 'linear head', head: 'linear' },
    { ...digits, name: 'tanh', activation: 'tanh' },
    { ...digits, name: 'SGD with momentum', network: { optimizer: { name: 'sgd', momentum: 0.9 } } },
    { ...digits, name: 'AdamW', network: { optimizer: { name: 'adamw' } } },
    { ...digits, name: 'l2', network: { l2: 1e-4 } },
    { ...digits, name: 'a schedule', train: () => ({ learningRate: (step) => 0.001 / (1 + step) }) },
    {
      ...digits,
      name: 'dropout of 0.5',
      train: (shape, rows, random) => ({ masks: models.sampleDropoutMasks(random, shape, { rows, rate: 0.5 }) }),
    },
    { ...digits, name: 'mixed after layer 1', train: () => ({ layer: 1 }) },
    { ...digits, name: 'evaluate, no step', call: (network, data) => network.evaluate(data) },
    { ...digits, name: 'inputGradients, no step', call: (network, data) => network.inputGradients(data) },
  ],
};

const results = {};
for (const [table, settings] of Object.entries(TABLES)) {
  const cases = settings.map(createCase);
  const { peak } = await measure(cases, { rounds: 12, roundMs: 25 });
  results[table] = { peak, cases: cases.map((one) => figures(one, peak)) };
  for (const one of cases) one.dispose();
}

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ node: process.version, ...results }));
} else {
  for (const [table, { peak, cases }] of Object.entries(results)) {
    console.log(`\n${table}: ${formatPeak(peak)}`);
    const plain = cases[0].usPerStep;
    for (const { name, usPerStep, usPerRow, share } of cases) {
      const last =
        table === 'options' ? `${(usPerStep / plain).toFixed(2)} of plain` : `${(100 * share).toFixed(0)} % of peak`;
      console.log(
        `${name.padEnd(42)} ${usPerStep.toFixed(2).padStart(9)} us a step ${usPerRow.toFixed(3).padStart(8)} us a row  ${last}`,
      );
    }
  }
}
