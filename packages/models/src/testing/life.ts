/** Conformance: repetition, stopping, the end of things, and refusals. */
import { plainPlan, sampleMixPlan } from '@mixup/core';
import type { BenchCase } from './conformance.ts';
import { ensure, ensureSameWeights, ensureThrows } from './expectation.ts';
import { sampleProblem, smallShape, startProblem } from './problem.ts';
import { createReferenceEngine } from './reference-engine.ts';

const rows = (...index: number[]) => plainPlan(Int32Array.from(index));

export const lifeCases: readonly BenchCase[] = [
  {
    name: 'the same training twice has the same losses and weights to the last bit',
    check: async ({ engine }) => {
      const problem = sampleProblem({ rows: 40, shape: { ...smallShape(), hidden: [33] } });
      const plan = sampleMixPlan(problem.random.fork('mix'), { batch: 40, alpha: 1 });
      const train = async () => {
        const { network, data, dispose } = startProblem(engine, problem);
        const losses: number[] = [];
        for (let epoch = 0; epoch < 5; epoch++) {
          losses.push((await network.train(data, plan, { batchSize: 16 })).loss);
        }
        const weights = network.weights().map(({ kernel, bias }) => [[...kernel.data], [...bias]]);
        dispose();
        return JSON.stringify([losses, weights]);
      };
      const [first, second] = [await train(), await train()];
      ensure(first === second, 'two trainings differ');
    },
  },
  {
    name: 'a signal that is aborted beforehand stops training before the first step, with its reason',
    check: async ({ engine }) => {
      const problem = sampleProblem({ rows: 6, shape: smallShape() });
      const { network, data, dispose } = startProblem(engine, problem);
      const signal = {
        throwIfAborted: () => {
          throw new TypeError('the user left');
        },
      };
      const train = () => network.train(data, rows(0, 1, 2, 3), { batchSize: 1, signal });
      await ensureThrows(train, TypeError, /^the user left$/);
      ensure(network.steps === 0, `steps: 0 expected, got ${network.steps}`);
      ensureSameWeights(network.weights(), problem.network.weights, 1e-12);
      dispose();
    },
  },
  {
    name: 'a signal that is aborted on the way stops an engine of promises between two steps, and the network can go on',
    check: async ({ engine }) => {
      const { network, data, dispose } = startProblem(engine, sampleProblem({ rows: 6, shape: smallShape() }));
      let asked = 0;
      const signal = {
        throwIfAborted: () => {
          asked++;
          if (asked > 2) throw new TypeError('enough');
        },
      };
      const training = network.train(data, rows(0, 1, 2, 3, 4, 5), { batchSize: 1, signal });
      if (training instanceof Promise) {
        await ensureThrows(() => training, TypeError, /^enough$/);
        ensure(network.steps === 2, `steps: 2 expected, got ${network.steps}`);
      } else {
        ensure(network.steps === 6, `steps: 6 expected, got ${network.steps}`);
      }
      const { loss } = await network.train(data, rows(0, 1), { batchSize: 1 });
      ensure(Number.isFinite(loss), `a finite loss expected, got ${loss}`);
      dispose();
    },
  },
  {
    name: 'networks and data are refused once they are disposed of, which may be done twice',
    check: async ({ engine }) => {
      const problem = sampleProblem({ rows: 6, shape: smallShape() });
      const { network, data } = startProblem(engine, problem);
      const other = startProblem(engine, problem);
      network.dispose();
      network.dispose();
      const uses = [
        () => network.train(data, rows(0), { batchSize: 1 }),
        () => network.evaluate(data),
        () => network.predict(data),
        () => network.inputGradients(data),
        () => network.weights(),
      ];
      for (const use of uses) await ensureThrows(use, Error, /network must not be used after dispose\(\)/);
      // What another network holds is untouched.
      ensureSameWeights(other.network.weights(), problem.network.weights, 1e-12);
      data.dispose();
      data.dispose();
      await ensureThrows(
        () => other.network.evaluate(data),
        Error,
        /data must (not be used after dispose|be what load)/,
      );
      other.dispose();
    },
  },
  {
    name: 'data of another engine, of another width and for another head are refused, and rows that are not there',
    check: async ({ engine }) => {
      const problem = sampleProblem({ rows: 6, shape: smallShape() });
      const { network, data, dispose } = startProblem(engine, problem);
      const foreign = createReferenceEngine().load(problem.x, problem.y);
      await ensureThrows(() => network.evaluate(foreign), TypeError, /data must be what load\(\)/);
      const wide = engine.load(
        { data: problem.x.data, shape: [3, 10] },
        { data: problem.y.data.slice(0, 9), shape: [3, 3] },
      );
      await ensureThrows(() => network.evaluate(wide), RangeError, /must have 5 features.*got 10/);
      const yesNo = engine.load(problem.x, problem.y, { head: 'sigmoid' });
      await ensureThrows(() => network.evaluate(yesNo), RangeError, /sigmoid/);
      await ensureThrows(
        () => network.train(data, rows(0, 6), { batchSize: 1 }),
        RangeError,
        /rows in \[0, 6\), got 6/,
      );
      await ensureThrows(() => network.predict(data, Int32Array.of(-1)), RangeError, /rows in \[0, 6\), got -1/);
      for (const gone of [wide, yesNo]) gone.dispose();
      dispose();
    },
  },
  {
    name: 'squares of gradients beyond float32 are said, as steps of Adam would be 0 from then on',
    check: async ({ engine }) => {
      const shape = { ...smallShape('linear'), hidden: [] };
      const problem = sampleProblem({ rows: 6, shape });
      // Gradients of 1e24 and their squares of 1e48; the losses fit.
      const huge = {
        ...problem,
        x: { data: problem.x.data.map((value) => value * 1e12), shape: problem.x.shape },
        y: { data: problem.y.data.map((value) => value * 1e12), shape: problem.y.shape },
      };
      const { network, data, dispose } = startProblem(engine, huge);
      let told: unknown;
      try {
        await network.train(data, rows(0, 1, 2, 3), { batchSize: 4 });
      } catch (error) {
        told = error;
      }
      const start = problem.network.weights[0]?.kernel.data ?? [];
      const moved = network.weights()[0]?.kernel.data.every((value, i) => value !== start[i]);
      // Float64 holds them, and takes its step.
      const message = told instanceof RangeError ? told.message : '';
      const says = /no longer finite after \d+ steps/.test(message);
      ensure(
        says || (told === undefined && moved === true),
        `an error or a step expected, got ${String(told ?? 'neither')}`,
      );
      dispose();
    },
  },
  {
    name: 'a training that diverges says so, never NaN in silence',
    check: async ({ engine }) => {
      const optimizer = { name: 'sgd', learningRate: 1e30 } as const;
      const shape = { ...smallShape(), activation: 'linear' } as const;
      const { network, data, dispose } = startProblem(engine, sampleProblem({ rows: 6, shape, optimizer }));
      const train = async () => {
        for (let epoch = 0; epoch < 5; epoch++) await network.train(data, rows(0, 1, 2, 3), { batchSize: 2 });
      };
      await ensureThrows(train, RangeError, /no longer finite after \d+ steps/);
      dispose();
    },
  },
];
