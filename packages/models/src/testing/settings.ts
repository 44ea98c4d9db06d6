/** Conformance: settings of networks, optimizers and plans, each with a value that is not its default. */
import { type MixPlan, plainPlan, sampleMixPlan, samplePermutation } from '@mixup/core';
import type { MlpShape, TrainOptions } from '../engine.ts';
import type { BenchCase } from './conformance.ts';
import { ensure, ensureSameWeights, ensureThrows } from './expectation.ts';
import { checkAgreement, type ProblemOptions, sampleProblem, smallShape, startProblem } from './problem.ts';

const ROWS = 24;
const EPOCHS = 10;
const shape = smallShape();
const deep: MlpShape = { ...shape, hidden: [7, 6] };
const learningRate = 0.01;

const settings: readonly (readonly [string, Omit<ProblemOptions, 'rows'>])[] = [
  ['beta1 of Adam', { shape, optimizer: { name: 'adam', learningRate, beta1: 0.5 } }],
  ['beta2 of Adam', { shape, optimizer: { name: 'adam', learningRate, beta2: 0.9 } }],
  ['beta1 and beta2 of 0', { shape, optimizer: { name: 'adam', learningRate, beta1: 0, beta2: 0, epsilon: 0.1 } }],
  ['epsilon of Adam', { shape, optimizer: { name: 'adam', learningRate, epsilon: 0.1 } }],
  ['beta1, beta2 and epsilon of AdamW', { shape, optimizer: { name: 'adamw', beta1: 0.5, beta2: 0.9, epsilon: 0.1 } }],
  ['weightDecay of AdamW', { shape, optimizer: { name: 'adamw', learningRate, weightDecay: 0.5 } }],
  ['weightDecay of 0', { shape, optimizer: { name: 'adamw', learningRate, weightDecay: 0 } }],
  ['l2 with Adam', { shape, optimizer: { name: 'adam', learningRate }, l2: 0.1 }],
  ['l2 with AdamW', { shape, optimizer: { name: 'adamw', learningRate }, l2: 0.1 }],
  ['l2 with SGD', { shape, optimizer: { name: 'sgd', learningRate: 0.1 }, l2: 0.1 }],
  ['momentum of SGD', { shape, optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0.5 } }],
  ['ReLU after hidden layers', { shape: { ...deep, activation: 'relu' } }],
  ['nothing after hidden layers', { shape: { ...deep, activation: 'linear' } }],
];

export const settingCases: readonly BenchCase[] = [
  ...settings.map(
    ([name, options]): BenchCase => ({
      name: `a setting counts as it does in the reference, over 10 epochs: ${name}`,
      check: async (bench) => {
        const problem = sampleProblem({ rows: ROWS, ...options });
        const mix = problem.random.fork('mix');
        const epochs = Array.from({ length: EPOCHS }, () => ({
          plan: sampleMixPlan(mix, { batch: ROWS, alpha: 1 }),
          options: { batchSize: 10 },
        }));
        await checkAgreement(bench, problem, epochs);
      },
    }),
  ),
  {
    name: 'rows are mixed at the layer of their plan, unless the options say another one, the input among them',
    check: async (bench) => {
      const problem = sampleProblem({ rows: ROWS, shape: deep });
      const mix = problem.random.fork('mix');
      const epoch = (own: Pick<MixPlan, 'layer'>, options: Pick<TrainOptions, 'layer'>) => ({
        plan: { ...sampleMixPlan(mix, { batch: ROWS, alpha: 1 }), ...own },
        options: { batchSize: 10, ...options },
      });
      await checkAgreement(bench, problem, [
        epoch({ layer: 2 }, {}),
        epoch({}, {}),
        epoch({ layer: 1 }, {}),
        epoch({ layer: 2 }, { layer: 0 }),
        epoch({ layer: 0 }, { layer: 1 }),
        epoch({ layer: 1 }, { layer: Int32Array.of(0, 2, 1) }),
      ]);
    },
  },
  {
    name: 'options of another name are refused, and a network without weights, a training without options, an optimizer that is none',
    check: async ({ engine }) => {
      const problem = sampleProblem({ rows: 6, shape });
      const { x, y, network: options } = problem;
      const { network, data, dispose } = startProblem(engine, problem);
      const plan = plainPlan(Int32Array.of(0, 1));
      const { weights, ...bare } = options;
      const refused: readonly (readonly [() => unknown, new (message: string) => Error, RegExp])[] = [
        [() => engine.load(x, y, { sampleWeight: [1] } as never), RangeError, /got sampleWeight$/],
        [() => engine.createNetwork({ ...options, optimiser: {} } as never), RangeError, /got optimiser$/],
        [() => engine.createNetwork(bare as never), TypeError, /weights/],
        [() => engine.createNetwork({ ...options, weights: null } as never), TypeError, /weights/],
        [() => engine.createNetwork({ ...options, shape: { ...shape, units: 3 } } as never), RangeError, /got units$/],
        [() => engine.createNetwork({ ...options, optimizer: 'adam' } as never), TypeError, /optimizer .*got adam$/],
        [() => engine.createNetwork({ ...options, optimizer: null } as never), TypeError, /optimizer .*got null$/],
        [
          () => engine.createNetwork({ ...options, optimizer: { name: 'adam', learningrate: 3 } } as never),
          RangeError,
          /got learningrate$/,
        ],
        [
          () => engine.createNetwork({ ...options, optimizer: { name: 'sgd', beta1: 0.9 } } as never),
          RangeError,
          /got beta1$/,
        ],
        [() => network.train(data, plan, { batchSize: 2, callbacks: {} } as never), RangeError, /got callbacks$/],
        [() => network.train(data, plan, undefined as never), TypeError, /options/],
        [
          () => network.train(data, plan, { batchSize: 2, learningRate: null } as never),
          TypeError,
          /learningRate.*null/,
        ],
      ];
      for (const [work, kind, message] of refused) await ensureThrows(work, kind, message);
      ensure(network.steps === 0, `steps: 0 expected, got ${network.steps}`);
      ensureSameWeights(network.weights(), weights, 1e-12);
      dispose();
    },
  },
  {
    name: 'a learning rate is that of its call: the next one has the optimizer’s own again',
    check: async (bench) => {
      const problem = sampleProblem({ rows: ROWS, shape, optimizer: { name: 'sgd', learningRate: 0.2 } });
      const plan = plainPlan(samplePermutation(problem.random.fork('order'), ROWS));
      const rates = [
        0.01,
        undefined,
        Float64Array.of(0.03, 0, 0.01),
        undefined,
        (step: number) => 0.1 / step,
        undefined,
      ];
      await checkAgreement(
        bench,
        problem,
        rates.map((rate) => ({
          plan,
          options: { batchSize: 10, ...(rate !== undefined && { learningRate: rate }) },
        })),
      );
    },
  },
];
