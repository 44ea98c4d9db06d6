/** The suite is one that engines can fail: each of these is the kernel with one thing wrong, and the case named is the one to say so. */
import type { MixPlan, Rows } from '@mixup/core';
import { describe, expect, it } from 'vitest';
import {
  createWasmEngine,
  type Data,
  type Engine,
  type LoadOptions,
  type Network,
  type NetworkOptions,
  type Optimizer,
  type TrainOptions,
} from '../src/index.ts';
import { engineConformance } from '../src/testing.ts';

type Mutant = (kernel: Engine) => Partial<Engine>;

const onCreate =
  (change: (options: NetworkOptions) => NetworkOptions): Mutant =>
  (kernel) => ({ createNetwork: (options) => kernel.createNetwork(change(options)) });

const onOptimizer = (change: (optimizer: Optimizer) => object) =>
  onCreate(({ optimizer, ...options }) => ({
    ...options,
    ...(optimizer && { optimizer: { ...optimizer, ...change(optimizer) } as Optimizer }),
  }));

const onTrain =
  (create: () => (plan: MixPlan, options: TrainOptions) => readonly [MixPlan, TrainOptions]): Mutant =>
  (kernel) => ({
    createNetwork: (options) => {
      const network = kernel.createNetwork(options);
      const change = create();
      const train = (data: Data, plan: MixPlan, given: TrainOptions) => network.train(data, ...change(plan, given));
      return Object.create(network, { train: { value: train } }) as Network;
    },
  });

const onLoad =
  (change: (x: Rows, y: Rows, options: LoadOptions) => readonly [Rows, Rows, LoadOptions]): Mutant =>
  (kernel) => ({ load: (x, y, options = {}) => kernel.load(...change(x, y, options)) });

const mapRows = ({ data, shape }: Rows, change: (value: number, i: number) => number): Rows => ({
  data: Float64Array.from(data, change),
  shape,
});

const stick = () => {
  let last: number | undefined;
  return (plan: MixPlan, options: TrainOptions) => {
    if (typeof options.learningRate === 'number') last = options.learningRate;
    return [plan, { ...options, ...(last !== undefined && { learningRate: options.learningRate ?? last }) }] as const;
  };
};

const spoilt = (row: number, { data, shape: [, outputs = 1] }: Rows) => {
  const sum = Array.from(data.subarray(row * outputs, (row + 1) * outputs)).reduce((total, value) => total + value, 0);
  return !(Math.abs(sum - 1) < 1e-4);
};

const mutants: readonly (readonly [string, Mutant, string])[] = [
  [
    'ignores the layer of a plan',
    onTrain(() => (plan, options) => [plan, { ...options, layer: options.layer ?? 0 }]),
    'at the layer of their plan',
  ],
  ['ignores beta1', onOptimizer(({ name }) => (name === 'sgd' ? {} : { beta1: 0.9 })), 'beta1 of Adam'],
  ['ignores beta2', onOptimizer(({ name }) => (name === 'sgd' ? {} : { beta2: 0.999 })), 'beta2 of Adam'],
  ['ignores beta1 of AdamW', onOptimizer(({ name }) => (name === 'adamw' ? { beta1: 0.9 } : {})), 'epsilon of AdamW'],
  ['ignores epsilon', onOptimizer(({ name }) => (name === 'sgd' ? {} : { epsilon: 1e-7 })), 'epsilon of Adam'],
  [
    'decays weights as much whatever it is told',
    onOptimizer(({ name }) => (name === 'adamw' ? { weightDecay: 0.004 } : {})),
    'weightDecay of AdamW',
  ],
  ['ignores momentum', onOptimizer(({ name }) => (name === 'sgd' ? { momentum: 0 } : {})), 'momentum of SGD'],
  [
    'ignores l2 with Adam',
    onCreate((options) => ({ ...options, l2: options.optimizer?.name === 'adam' ? 0 : (options.l2 ?? 0) })),
    'l2 with Adam',
  ],
  [
    'ignores l2 with AdamW',
    onCreate((options) => ({ ...options, l2: options.optimizer?.name === 'adamw' ? 0 : (options.l2 ?? 0) })),
    'l2 with AdamW',
  ],
  [
    'has ReLU for nothing after hidden layers',
    onCreate(({ shape, ...options }) => ({
      ...options,
      shape: { ...shape, ...(shape.activation === 'linear' && { activation: 'relu' }) },
    })),
    'nothing after hidden layers',
  ],
  ['keeps the learning rate of one call for the next', onTrain(stick), 'a learning rate is that of its call'],
  [
    'loads NaN',
    onLoad((x, y, options) => [mapRows(x, (value) => (Number.isFinite(value) ? value : 0)), y, options]),
    'features that are NaN',
  ],
  [
    'loads label rows that are no distributions',
    onLoad((x, y, options) => {
      if ((options.head ?? 'softmax') !== 'softmax') return [x, y, options];
      const outputs = y.shape[1] as number;
      return [
        x,
        mapRows(y, (value, i) => (spoilt(Math.floor(i / outputs), y) ? Number(i % outputs === 0) : value)),
        options,
      ];
    }),
    'labels that a softmax head',
  ],
  [
    'loads labels beyond [0, 1] for a sigmoid head',
    onLoad((x, y, options) => [
      x,
      options.head === 'sigmoid' ? mapRows(y, (value) => Math.min(1, Math.max(0, value || 0))) : y,
      options,
    ]),
    'labels that a sigmoid head',
  ],
  [
    'loads sample weights below 0',
    onLoad((x, y, { weights, ...options }) => [
      x,
      y,
      { ...options, ...(weights && { weights: weights.map(Math.abs) as Float64Array }) },
    ]),
    'sample weights for other rows',
  ],
];

describe('the suite', () => {
  it.each(mutants)('catches a kernel that %s', async (_, mutant, title) => {
    const create = async (): Promise<Engine> => {
      const { load, createNetwork, name } = await createWasmEngine();
      const kernel: Engine = { name, load, createNetwork };
      return { ...kernel, ...mutant(kernel) };
    };
    const cases = engineConformance(create, { tolerance: 1e-4 }).filter(({ name }) => name.includes(title));
    expect(cases.length).toBeGreaterThan(0);
    const failures = await Promise.all(
      cases.map(({ run }) =>
        run().then(
          () => 0,
          () => 1,
        ),
      ),
    );
    expect(failures).toContain(1);
  });

  it('passes a kernel that is wrapped and changed in nothing', async () => {
    const create = async (): Promise<Engine> => {
      const kernel = await createWasmEngine();
      const same = onTrain(() => (plan, options) => [plan, options]);
      return { name: 'wrapped', load: kernel.load, createNetwork: kernel.createNetwork, ...same(kernel) };
    };
    for (const { run } of engineConformance(create, { tolerance: 1e-5 })) await run();
  });
});
