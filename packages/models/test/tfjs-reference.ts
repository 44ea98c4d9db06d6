/**
 * The same training written in TensorFlow.js operations, on its CPU backend: gradients by its autodiff, the updates by the
 * formulas in Keras's documentation (tfjs's own Adam places epsilon elsewhere).
 */
import type { MixPlan, Rows } from '@mixup/core';
import { mixRows, plainPlan, takePlan } from '@mixup/core';
import type * as TfCore from '@tensorflow/tfjs-core';
import type { Masks, NetworkOptions } from '../src/index.ts';
import type { Blobs } from './blobs.ts';
import { tf } from './tfjs.ts';

/** What a training may have beside its plans. */
export interface Extras {
  readonly sampleWeights?: Float64Array;
  /** Where all rows are mixed. */
  readonly layer?: number;
  /** For each epoch. */
  readonly masks?: readonly Masks[];
}

/**
 * @param plans one for each epoch
 * @returns the mean loss of each epoch, over its rows as they passed, without l2
 */
export async function trainReference(
  { shape, weights, optimizer = { name: 'adam' }, l2 = 0 }: NetworkOptions,
  { x, y }: Blobs,
  plans: readonly MixPlan[],
  batchSize: number,
  { sampleWeights, layer: mixAt = 0, masks }: Extras = {},
): Promise<number[]> {
  await tf.setBackend('cpu');
  const activate = { relu: tf.relu, tanh: tf.tanh, linear: (z: TfCore.Tensor) => z }[shape.activation ?? 'relu'];
  const variables = weights.flatMap(({ kernel, bias }) => [
    tf.variable(tf.tensor(kernel.data, [...kernel.shape])),
    tf.variable(tf.tensor(bias)),
  ]);
  const moments = variables.map((v) => [tf.variable(tf.zerosLike(v)), tf.variable(tf.zerosLike(v))] as const);
  const kernels = variables.filter((_, i) => i % 2 === 0);
  let steps = 0;

  const tensorOf = (rows: Rows) => tf.tensor(Float32Array.from(rows.data), [...rows.shape]);

  /** Dense layers from one to another, with their masks; the last one without its head. */
  const pass = (input: TfCore.Tensor, from: number, to: number, mask: (layer: number) => TfCore.Tensor | undefined) => {
    const masked = (a: TfCore.Tensor, layer: number) => {
      const factors = mask(layer);
      return factors ? tf.mul(a, factors) : a;
    };
    let a = from === 0 && to > 0 ? masked(input, 0) : input;
    for (let layer = from; layer < to; layer++) {
      const z = tf.add(
        tf.matMul(a as TfCore.Tensor2D, variables[2 * layer] as TfCore.Tensor2D),
        variables[2 * layer + 1] as TfCore.Tensor,
      );
      a = layer < kernels.length - 1 ? masked(activate(z), layer + 1) : z;
    }
    return a;
  };

  /** [rows] */
  const rowLosses = (z: TfCore.Tensor, y: TfCore.Tensor): TfCore.Tensor => {
    if (shape.head === 'linear') return tf.mean(tf.squaredDifference(z, y), 1);
    if (shape.head === 'sigmoid')
      return tf.mean(tf.add(tf.mul(y, tf.softplus(tf.neg(z))), tf.mul(tf.sub(1, y), tf.softplus(z))), 1);
    return tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(z)), 1));
  };

  const step = (plan: MixPlan, first: number, epochMasks: Masks): number => {
    const rows = plan.index.length;
    const weights = { data: sampleWeights ?? new Float64Array(x.shape[0]).fill(1), shape: [x.shape[0], 1] as const };
    return tf.tidy(() => {
      const labels = tensorOf(mixRows(y, plan));
      const rowWeights = tf.reshape(tensorOf(mixRows(weights, plan)), [rows]);
      const own = tf.tensor(Float32Array.from(plan.lambda), [rows, 1]);
      const mask = (layer: number) => {
        const factors = epochMasks[layer];
        return factors && tf.slice(tensorOf(factors), [first, 0], [rows, factors.shape[1] as number]);
      };
      let loss = 0;
      const objective = () => {
        let a: TfCore.Tensor;
        if (mixAt === 0) a = tensorOf(mixRows(x, plan));
        else {
          const [one, other] = [plan.index, plan.partner].map((which) =>
            pass(tensorOf(mixRows(x, plainPlan(which))), 0, mixAt, mask),
          ) as [TfCore.Tensor, TfCore.Tensor];
          a = tf.add(tf.mul(own, one), tf.mul(tf.sub(1, own), other));
        }
        const z = pass(a, mixAt, kernels.length, mask);
        const scored = tf.div(tf.sum(tf.mul(rowWeights, rowLosses(z, labels))), rows);
        loss = scored.dataSync()[0] as number;
        const penalties = kernels.map((kernel) => tf.mul(l2, tf.sum(tf.square(kernel))));
        return penalties.reduce((sum, next) => tf.add(sum, next), scored) as TfCore.Scalar;
      };
      const { grads } = tf.variableGrads(objective, variables);
      steps++;
      for (const [i, variable] of variables.entries()) {
        const g = grads[variable.name] as TfCore.Tensor;
        const [m, v] = moments[i] as (typeof moments)[number];
        if (optimizer.name !== 'sgd') {
          const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = optimizer;
          if (optimizer.name === 'adamw') {
            const { weightDecay = 0.004 } = optimizer;
            variable.assign(tf.sub(variable, tf.mul(variable, learningRate * weightDecay)));
          }
          const rate = (learningRate * Math.sqrt(1 - beta2 ** steps)) / (1 - beta1 ** steps);
          m.assign(tf.add(m, tf.mul(tf.sub(g, m), 1 - beta1)));
          v.assign(tf.add(v, tf.mul(tf.sub(tf.square(g), v), 1 - beta2)));
          variable.assign(tf.sub(variable, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon))));
        } else {
          const { learningRate = 0.01, momentum = 0 } = optimizer;
          m.assign(tf.sub(tf.mul(momentum, m), tf.mul(learningRate, g)));
          variable.assign(tf.add(variable, m));
        }
      }
      return loss;
    });
  };

  const losses = plans.map((plan, epoch) => {
    let sum = 0;
    for (let first = 0; first < plan.index.length; first += batchSize) {
      const count = Math.min(batchSize, plan.index.length - first);
      sum +=
        count *
        step(
          takePlan(
            plan,
            Int32Array.from({ length: count }, (_, i) => first + i),
          ),
          first,
          masks?.[epoch] ?? [],
        );
    }
    return sum / plan.index.length;
  });
  tf.disposeVariables();
  return losses;
}
