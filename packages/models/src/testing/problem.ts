/** Problems for engines: small, drawn from a seed, with labels for every head. */
import { createRandom, type MixPlan, oneHot, type Random, type Rows } from '@mixup/core';
import type {
  Data,
  Engine,
  Head,
  LoadOptions,
  MlpShape,
  Network,
  NetworkOptions,
  Score,
  TrainOptions,
} from '../engine.ts';
import { sampleGlorotUniform } from '../glorot.ts';
import type { Bench } from './conformance.ts';
import { ensureClose, ensureSameWeights } from './expectation.ts';
import { createReferenceEngine } from './reference-engine.ts';

/** What two engines are given alike. */
export interface Problem {
  readonly random: Random;
  readonly x: Rows<Float32Array>;
  readonly y: Rows<Float32Array>;
  readonly network: NetworkOptions;
  readonly load: LoadOptions;
}

export interface ProblemOptions extends Omit<NetworkOptions, 'weights'> {
  readonly rows: number;
  /** Whether rows have sample weights, drawn in [0, 2). */
  readonly weighted?: boolean;
}

/** Rows around one corner for each output; the same numbers each time. */
export function sampleProblem({ rows, weighted = false, ...options }: ProblemOptions): Problem {
  const random = createRandom(11);
  const { shape } = options;
  const { inputs, outputs, head = 'softmax' } = shape;
  const draw = random.fork('data');
  const ids = Array.from({ length: rows }, () => Math.floor(draw() * outputs));
  const x = Float32Array.from({ length: rows * inputs }, (_, i) => {
    const isCorner = (i % inputs) % outputs === ids[Math.floor(i / inputs)];
    return 2 * draw() - 1 + (isCorner ? 1 : 0);
  });
  const weights = weighted ? Float32Array.from({ length: rows }, () => 2 * draw()) : undefined;
  return {
    random,
    x: { data: x, shape: [rows, inputs] },
    y: { data: labelsFor(head, ids, outputs, draw), shape: [rows, outputs] },
    network: { ...options, weights: sampleGlorotUniform(random.fork('init'), shape) },
    load: { head, ...(weights && { weights }) },
  };
}

function labelsFor(head: Head, ids: readonly number[], outputs: number, draw: Random): Float32Array {
  if (head === 'softmax') return Float32Array.from(oneHot(ids, outputs).data);
  const isMember = (i: number) => ids[Math.floor(i / outputs)] === i % outputs;
  return Float32Array.from({ length: ids.length * outputs }, (_, i) => {
    const noise = draw();
    if (head === 'linear') return (isMember(i) ? 2 : -1) + noise;
    return isMember(i) || noise < 0.2 ? 1 : 0;
  });
}

/** A network with its data, in one engine. */
export interface Started {
  readonly data: Data;
  readonly network: Network;
  dispose(): void;
}

export function startProblem(engine: Engine, { x, y, network: options, load }: Problem): Started {
  const data = engine.load(x, y, load);
  const network = engine.createNetwork(options);
  return {
    data,
    network,
    dispose: () => {
      network.dispose();
      data.dispose();
    },
  };
}

/** What an epoch is: a plan, and how it is trained. */
export interface Epoch {
  readonly plan: MixPlan;
  readonly options: TrainOptions;
}

/** Train in the engine and in the reference, and check that losses, accuracies and weights agree. */
export async function checkAgreement(
  { engine, tolerance }: Bench,
  problem: Problem,
  epochs: readonly Epoch[],
): Promise<void> {
  const own = startProblem(engine, problem);
  const reference = startProblem(createReferenceEngine(), problem);
  try {
    const [got, expected] = [await trainAll(own, epochs), await trainAll(reference, epochs)];
    for (const key of ['loss', 'accuracy'] as const) {
      const column = (scores: readonly Score[]) => scores.map((score) => score[key]);
      ensureClose(column(got), column(expected), tolerance, `${key} of the epochs`);
    }
    ensureSameWeights(own.network.weights(), reference.network.weights(), tolerance);
    ensureClose([own.network.steps], [reference.network.steps], 1e-9, 'steps');
  } finally {
    own.dispose();
  }
}

async function trainAll({ network, data }: Started, epochs: readonly Epoch[]): Promise<Score[]> {
  const scores: Score[] = [];
  for (const { plan, options } of epochs) scores.push(await network.train(data, plan, options));
  return scores;
}

/** @returns an MLP's shape, small */
export function smallShape(head: Head = 'softmax'): MlpShape {
  return { inputs: 5, hidden: [7], outputs: 3, activation: 'tanh', head };
}
