/** Conformance: the same weights and plans give the reference's losses, weights, gradients and predictions. */
import {
  joinPlans,
  type MixPlan,
  mixRows,
  plainPlan,
  type Random,
  sampleMixPlan,
  samplePermutation,
} from '@mixup/core';
import { sampleDropoutMasks } from '../dropout.ts';
import type { Head, MlpShape } from '../engine.ts';
import type { BenchCase } from './conformance.ts';
import { ensure, ensureClose, ensureSameWeights, ensureThrows } from './expectation.ts';
import { checkAgreement, type ProblemOptions, sampleProblem, smallShape, startProblem } from './problem.ts';
import { createReferenceEngine } from './reference-engine.ts';

const EPOCHS = 30;
const heads: readonly Head[] = ['softmax', 'sigmoid', 'linear'];

/** Plain rows in a new order, then as many as an eighth of them mixed. */
const sampleEpoch = (random: Random, rows: number) =>
  joinPlans(
    plainPlan(samplePermutation(random, rows)),
    sampleMixPlan(random, { batch: Math.ceil(rows / 8), alpha: 0.5 }),
  );

/** As Remix and RegMixup make them: some labels are that of one row alone, some rows weigh nothing. */
const sampleWeighedPlan = (random: Random, rows: number): MixPlan => {
  const plan = sampleMixPlan(random, { batch: rows, alpha: 1 });
  return {
    ...plan,
    labelLambda: plan.lambda.map((lambda, i) => [0, 1, 1 - lambda][i % 3] as number),
    weight: plan.lambda.map((_, i) => [1, 0.25, 3, 0][i % 4] as number),
  };
};

const iris: MlpShape = { inputs: 4, hidden: [80], outputs: 3 };
const deep: MlpShape = { inputs: 10, hidden: [24, 17], outputs: 5, activation: 'tanh' };
const trainings: readonly (readonly [string, ProblemOptions])[] = [
  ['4-80-3, softmax, Adam', { rows: 120, shape: iris }],
  ['4-80-3, SGD with momentum and l2', { rows: 120, shape: iris, optimizer: { name: 'sgd', momentum: 0.9 }, l2: 1e-3 }],
  ['10-24-17-5, tanh, AdamW', { rows: 60, shape: deep, optimizer: { name: 'adamw', learningRate: 0.01 } }],
  ['10-24-17-5, sigmoid head, Adam', { rows: 60, shape: { ...deep, head: 'sigmoid' } }],
  ['6-9-2, linear head, Adam', { rows: 60, shape: { inputs: 6, hidden: [9], outputs: 2, head: 'linear' } }],
  [
    '13-7, no hidden layer, SGD',
    { rows: 60, shape: { inputs: 13, hidden: [], outputs: 7 }, optimizer: { name: 'sgd' } },
  ],
];

export const agreementCases: readonly BenchCase[] = [
  ...trainings.map(
    ([name, options]) =>
      ({
        name: `30 epochs on mixed rows have the reference's losses and weights: ${name}`,
        check: async (bench) => {
          const problem = sampleProblem(options);
          const mix = problem.random.fork('mix');
          const epochs = Array.from({ length: EPOCHS }, () => ({
            plan: sampleEpoch(mix, options.rows),
            options: { batchSize: 30 },
          }));
          await checkAgreement(bench, problem, epochs);
        },
      }) satisfies BenchCase,
  ),
  ...heads.flatMap((head): BenchCase[] => [
    {
      name: `one step of SGD goes down the reference's gradient: ${head} head, weighted rows`,
      check: async ({ engine, tolerance }) => {
        const optimizer = { name: 'sgd', learningRate: 1 } as const;
        const problem = sampleProblem({ rows: 9, shape: smallShape(head), optimizer, weighted: true });
        const plan = sampleMixPlan(problem.random.fork('mix'), { batch: 9, alpha: 1 });
        const before = problem.network.weights;
        const steps = [engine, createReferenceEngine()].map(async (each) => {
          const { network, data, dispose } = startProblem(each, problem);
          await network.train(data, plan, { batchSize: 9 });
          const after = network.weights();
          dispose();
          return after.map(({ kernel, bias }, layer) => ({
            kernel: {
              data: kernel.data.map((v, i) => v - (before[layer]?.kernel.data[i] as number)),
              shape: kernel.shape,
            },
            bias: bias.map((v, i) => v - (before[layer]?.bias[i] as number)),
          }));
        });
        const [got, expected] = await Promise.all(steps);
        ensureSameWeights(got ?? [], expected ?? [], tolerance);
      },
    },
    {
      name: `predictions, scores and input gradients are the reference's: ${head} head, weighted rows in any order`,
      check: async ({ engine, tolerance }) => {
        const problem = sampleProblem({ rows: 12, shape: smallShape(head), weighted: true });
        const own = startProblem(engine, problem);
        const reference = startProblem(createReferenceEngine(), problem);
        for (const index of [undefined, Int32Array.of(7, 0, 7, 11, 3)]) {
          for (const ask of ['predict', 'inputGradients'] as const) {
            const got = await own.network[ask](own.data, index);
            const expected = await reference.network[ask](reference.data, index);
            ensure(
              got.shape.join() === expected.shape.join(),
              `${ask}: shape ${expected.shape} expected, got ${got.shape}`,
            );
            ensureClose(got.data, expected.data, tolerance, ask);
          }
          const got = await own.network.evaluate(own.data, index);
          const expected = await reference.network.evaluate(reference.data, index);
          ensureClose([got.loss, got.accuracy], [expected.loss, expected.accuracy], tolerance, 'evaluate');
        }
        own.dispose();
      },
    },
    {
      name: `rows mixed by the plan train as rows mixed beforehand do: ${head} head`,
      check: async ({ engine, tolerance }) => {
        const problem = sampleProblem({ rows: 20, shape: smallShape(head) });
        const plan = sampleMixPlan(problem.random.fork('mix'), { batch: 20, alpha: 1 });
        const mixed = { ...problem, x: mixRows(problem.x, plan), y: mixRows(problem.y, plan) };
        const [one, other] = [startProblem(engine, problem), startProblem(engine, mixed)];
        for (let epoch = 0; epoch < 5; epoch++) {
          const a = await one.network.train(one.data, plan, { batchSize: 8 });
          const b = await other.network.train(other.data, plainPlan(plan.index), { batchSize: 8 });
          ensureClose([a.loss, a.accuracy], [b.loss, b.accuracy], tolerance, `epoch ${epoch}`);
        }
        ensureSameWeights(one.network.weights(), other.network.weights(), tolerance);
        one.dispose();
        other.dispose();
      },
    },
    {
      name: `sample weights are mixed and weigh as the reference has it: ${head} head, 10 epochs`,
      check: async (bench) => {
        const problem = sampleProblem({ rows: 24, shape: smallShape(head), weighted: true });
        const mix = problem.random.fork('mix');
        const epochs = Array.from({ length: 10 }, () => ({
          plan: sampleMixPlan(mix, { batch: 24, alpha: 1 }),
          options: { batchSize: 10 },
        }));
        await checkAgreement(bench, problem, epochs);
      },
    },
    {
      name: `labels mixed by a lambda of their own, rows weighed by the plan, train as the reference does: ${head} head, 10 epochs`,
      check: async (bench) => {
        for (const weighted of [false, true]) {
          const problem = sampleProblem({ rows: 24, shape: smallShape(head), weighted });
          const mix = problem.random.fork('mix');
          const layers = problem.network.shape.hidden.length;
          const epochs = Array.from({ length: 10 }, (_, epoch) => ({
            plan: sampleWeighedPlan(mix, 24),
            options: { batchSize: 10, layer: epoch % (layers + 1) },
          }));
          await checkAgreement(bench, problem, epochs);
        }
      },
    },
    {
      name: `labels mixed by a lambda of their own, rows weighed by the plan, train as rows mixed and weighed beforehand: ${head} head`,
      check: async ({ engine, tolerance }) => {
        const problem = sampleProblem({ rows: 20, shape: smallShape(head) });
        const plan = sampleWeighedPlan(problem.random.fork('mix'), 20);
        const [labelLambda, weight] = [plan.labelLambda as Float64Array, plan.weight as Float64Array];
        const mixed = {
          ...problem,
          x: mixRows(problem.x, plan),
          y: mixRows(problem.y, { ...plan, lambda: labelLambda }),
          load: { ...problem.load, weights: weight },
        };
        const [one, other] = [startProblem(engine, problem), startProblem(engine, mixed)];
        for (let epoch = 0; epoch < 5; epoch++) {
          const a = await one.network.train(one.data, plan, { batchSize: 8 });
          const b = await other.network.train(other.data, plainPlan(plan.index), { batchSize: 8 });
          ensureClose([a.loss, a.accuracy], [b.loss, b.accuracy], tolerance, `epoch ${epoch}`);
        }
        ensureSameWeights(one.network.weights(), other.network.weights(), tolerance);
        // A plan that says neither has nothing left of the one before.
        const bare = { index: plan.index, partner: plan.partner, lambda: plan.lambda };
        const reference = startProblem(createReferenceEngine(), problem);
        for (const each of [plan, plan, plan, plan, plan])
          await reference.network.train(reference.data, each, { batchSize: 8 });
        const a = await one.network.train(one.data, bare, { batchSize: 8 });
        const b = await reference.network.train(reference.data, bare, { batchSize: 8 });
        ensureClose([a.loss, a.accuracy], [b.loss, b.accuracy], tolerance, 'the plan after');
        one.dispose();
        other.dispose();
      },
    },
  ]),
  {
    name: 'dropout masks at the input and both hidden layers give the losses and weights of the reference',
    check: async (bench) => {
      const problem = sampleProblem({ rows: 30, shape: deep });
      const random = problem.random.fork('mask');
      const epochs = Array.from({ length: 10 }, () => ({
        plan: sampleMixPlan(random, { batch: 30, alpha: 1 }),
        options: { batchSize: 8, masks: sampleDropoutMasks(random, deep, { rows: 30, rate: 0.5, inputRate: 0.2 }) },
      }));
      await checkAgreement(bench, problem, epochs);
    },
  },
  {
    name: 'rows mixed at a hidden layer, another one in each step and under masks, train as the reference does',
    check: async (bench) => {
      const problem = sampleProblem({ rows: 30, shape: deep, weighted: true });
      const random = problem.random.fork('manifold');
      const epochs = Array.from({ length: 10 }, (_, epoch) => ({
        plan: sampleMixPlan(random, { batch: 30, alpha: 2 }),
        options: {
          batchSize: 8,
          layer: epoch % 2 === 0 ? Int32Array.of(2, 0, 1, 2) : 1,
          masks: sampleDropoutMasks(random, deep, { rows: 30, rate: 0.25 }),
        },
      }));
      await checkAgreement(bench, problem, epochs);
    },
  },
  {
    name: 'hiddenLayers is the last layer that rows can be mixed after: the next one is refused',
    check: async ({ engine }) => {
      for (const shape of [deep, { ...deep, hidden: [] }]) {
        const problem = sampleProblem({ rows: 6, shape });
        const { network, data, dispose } = startProblem(engine, problem);
        const layers = shape.hidden.length;
        ensure(network.hiddenLayers === layers, `hiddenLayers: ${layers} expected, got ${network.hiddenLayers}`);
        const train = (layer: number) =>
          network.train(data, sampleMixPlan(problem.random, { batch: 6 }), { batchSize: 6, layer });
        await train(layers);
        await ensureThrows(() => train(layers + 1), RangeError, /layer/);
        dispose();
      }
    },
  },
  {
    name: 'a learning rate for each step, one for all and a schedule train as in the reference',
    check: async (bench) => {
      const problem = sampleProblem({ rows: 20, shape: smallShape() });
      const plan = plainPlan(samplePermutation(problem.random.fork('order'), 20));
      const rates = [Float64Array.of(0.1, 0.02, 0), 0.05, (step: number) => 0.1 / (1 + step)];
      await checkAgreement(
        bench,
        problem,
        rates.map((learningRate) => ({ plan, options: { batchSize: 8, learningRate } })),
      );
    },
  },
];
