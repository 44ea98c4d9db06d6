/** Conformance: boxes of images, filled from the partner as CutMix and ResizeMix have it. */
import { identity, joinPlans, type MixPlan, mixLabels, plainPlan, type Random, sampleMixPlan } from '@mixup/core';
import { cutMix, mixImages, resizeMix } from '@mixup/core/methods';
import type { Head, MlpShape } from '../engine.ts';
import type { BenchCase } from './conformance.ts';
import { ensureClose, ensureSameWeights, ensureThrows } from './expectation.ts';
import { checkAgreement, type Problem, type ProblemOptions, sampleProblem, startProblem } from './problem.ts';

const ROWS = 24;
const size = { height: 5, width: 6 };
const CHANNELS = 3;
const shapeFor = (head: Head): MlpShape => ({ inputs: 90, hidden: [14], outputs: 3, activation: 'tanh', head });

function sampleImages(options: Partial<ProblemOptions> = {}): Problem & { readonly flat: Problem } {
  const flat = sampleProblem({ rows: ROWS, shape: shapeFor('softmax'), ...options });
  return { ...flat, flat, x: { data: flat.x.data, shape: [ROWS, size.height, size.width, CHANNELS] } };
}

const methods = { cut: cutMix(size), resize: resizeMix(size) } as const;
const fills = Object.keys(methods) as (keyof typeof methods)[];

/** Boxes, then rows that are blended because theirs is empty. */
const samplePlan = (random: Random, fill: keyof typeof methods): MixPlan =>
  joinPlans(methods[fill](random, identity(ROWS)), sampleMixPlan(random, { batch: ROWS, alpha: 1 }));

const heads: readonly Head[] = ['softmax', 'sigmoid', 'linear'];

export const boxCases: readonly BenchCase[] = [
  ...fills.flatMap((fill) => [
    ...heads.map(
      (head): BenchCase => ({
        name: `boxes of images, ${fill}, and rows without one train as the reference does: ${head} head, weighted rows, 10 epochs`,
        check: async (bench) => {
          const problem = sampleImages({ shape: shapeFor(head), weighted: true });
          const mix = problem.random.fork('mix');
          const epochs = Array.from({ length: 10 }, () => ({ plan: samplePlan(mix, fill), options: { batchSize: 7 } }));
          await checkAgreement(bench, problem, epochs);
        },
      }),
    ),
    {
      name: `boxes of images, ${fill}, train as images and labels mixed beforehand do, each label by its share of the pixels`,
      check: async ({ engine, tolerance }) => {
        const problem = sampleImages();
        const plan = samplePlan(problem.random.fork('mix'), fill);
        const mixed = { ...problem, x: mixImages(problem.x, plan), y: mixLabels(problem.y, plan) };
        const [one, other] = [startProblem(engine, problem), startProblem(engine, mixed)];
        const inOrder = plainPlan(identity(2 * ROWS));
        for (let epoch = 0; epoch < 5; epoch++) {
          const a = await one.network.train(one.data, plan, { batchSize: 7 });
          const b = await other.network.train(other.data, inOrder, { batchSize: 7 });
          ensureClose([a.loss, a.accuracy], [b.loss, b.accuracy], tolerance, `epoch ${epoch}`);
        }
        ensureSameWeights(one.network.weights(), other.network.weights(), tolerance);
        one.dispose();
        other.dispose();
      },
    } satisfies BenchCase,
  ]),
  {
    name: 'labels of boxed rows have a lambda of their own where the plan says so, and the plan after has no boxes left',
    check: async (bench) => {
      const problem = sampleImages();
      const mix = problem.random.fork('mix');
      const cut = samplePlan(mix, 'cut');
      const own = { ...cut, labelLambda: cut.lambda.map((lambda, i) => (i % 3 === 0 ? 1 : lambda)) };
      const plain = sampleMixPlan(mix, { batch: ROWS, alpha: 1 });
      const plans = [own, plain, cut, samplePlan(mix, 'resize'), plain];
      await checkAgreement(
        bench,
        problem,
        plans.map((plan) => ({ plan, options: { batchSize: 7 } })),
      );
    },
  },
  {
    name: 'boxes are refused for rows that are no images, beyond their edges, at a hidden layer, and with a lambda that is not the share of the pixels',
    check: async ({ engine }) => {
      const problem = sampleImages();
      const images = startProblem(engine, problem);
      const flat = startProblem(engine, problem.flat);
      const plan: MixPlan = {
        ...plainPlan(Int32Array.of(0, 1)),
        partner: Int32Array.of(2, 3),
        lambda: Float64Array.of(0.8, 0.8),
        box: Int32Array.of(0, 0, 2, 3, 3, 3, 5, 6),
      };
      const train = (changes: Partial<MixPlan>, { network, data } = images, layer = 0) =>
        network.train(data, { ...plan, ...changes }, { batchSize: 1, layer });
      await ensureThrows(
        () => train({}, flat),
        RangeError,
        /loaded as images of shape \[rows, height, width, channels\]/,
      );
      const beyond = { box: Int32Array.of(0, 0, 2, 3, 3, 3, 5, 7) };
      await ensureThrows(() => train(beyond), RangeError, /box of plan row 1 must lie in \[5, 6\]/);
      await ensureThrows(() => train({}, images, 1), RangeError, /layer 0.*got 1/);
      const share = { lambda: Float64Array.of(0.8, 0.5) };
      await ensureThrows(() => train(share), RangeError, /lambda of plan row 1 must be the share of pixels that stay/);
      // Nothing was trained until then.
      ensureSameWeights(images.network.weights(), problem.network.weights, 1e-12);
      await train({});
      images.dispose();
      flat.dispose();
    },
  },
];
