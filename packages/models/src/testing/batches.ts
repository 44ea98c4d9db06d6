/** Conformance: batches of every size, and none. */
import { plainPlan, sampleMixPlan } from '@mixup/core';
import type { BenchCase } from './conformance.ts';
import { ensure, ensureClose, ensureSameWeights, ensureThrows } from './expectation.ts';
import { checkAgreement, sampleProblem, smallShape, startProblem } from './problem.ts';

export const batchCases: readonly BenchCase[] = [
  ...[1, 4, 10, 64].map(
    (batchSize): BenchCase => ({
      name: `ten rows in batches of ${batchSize}, the last as small as it comes, train as in the reference`,
      check: async (bench) => {
        const problem = sampleProblem({ rows: 10, shape: smallShape() });
        const mix = problem.random.fork('mix');
        const epochs = Array.from({ length: 5 }, () => ({
          plan: sampleMixPlan(mix, { batch: 10, alpha: 1 }),
          options: { batchSize },
        }));
        await checkAgreement(bench, problem, epochs);
      },
    }),
  ),
  {
    name: 'a plan of no rows and a score of no rows are refused, predictions of no rows are none',
    check: async ({ engine }) => {
      const problem = sampleProblem({ rows: 4, shape: smallShape() });
      const { network, data, dispose } = startProblem(engine, problem);
      const none = new Int32Array(0);
      await ensureThrows(() => network.train(data, plainPlan(none), { batchSize: 2 }), RangeError, /at least one row/);
      await ensureThrows(() => network.evaluate(data, none), RangeError, /at least one row/);
      ensure((await network.predict(data, none)).shape.join() === '0,3', 'predict: shape 0,3 expected');
      ensure(network.steps === 0, `steps: 0 expected, got ${network.steps}`);
      ensureSameWeights(network.weights(), problem.network.weights, 1e-12);
      dispose();
    },
  },
  {
    name: 'a row of weight 0 moves nothing, and its loss counts nothing',
    check: async ({ engine, tolerance }) => {
      const problem = sampleProblem({ rows: 4, shape: smallShape(), optimizer: { name: 'sgd', learningRate: 1 } });
      const weighed = { ...problem, load: { ...problem.load, weights: Float32Array.of(0, 1, 1, 1) } };
      const { network, data, dispose } = startProblem(engine, weighed);
      const one = await network.train(data, plainPlan(Int32Array.of(0)), { batchSize: 1 });
      ensure(one.loss === 0, `loss: 0 expected, got ${one.loss}`);
      ensureSameWeights(network.weights(), problem.network.weights, 1e-12);
      const all = await network.evaluate(data);
      const rest = await network.evaluate(data, Int32Array.of(1, 2, 3));
      // Divided by rows, not by weights.
      ensureClose([4 * all.loss], [3 * rest.loss], tolerance, 'four times the mean of all');
      dispose();
    },
  },
  {
    name: 'what it is given is left as it was',
    check: async ({ engine }) => {
      const problem = sampleProblem({ rows: 10, shape: smallShape(), weighted: true });
      const plan = sampleMixPlan(problem.random.fork('mix'), { batch: 10, alpha: 1 });
      const given = () => JSON.stringify([problem.x, problem.y, problem.load, problem.network.weights, plan]);
      const before = given();
      const { network, data, dispose } = startProblem(engine, problem);
      await network.train(data, plan, { batchSize: 4 });
      network.weights()[0]?.kernel.data.fill(9);
      const kept = network.weights()[0]?.kernel.data.every((value) => value !== 9);
      dispose();
      ensure(given() === before, 'features, labels, weights or the plan were changed');
      ensure(kept === true, 'weights() must give a copy');
    },
  },
];
