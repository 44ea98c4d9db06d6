/**
 * The same training written in TensorFlow.js operations, on its CPU backend: gradients by its autodiff, the updates by the
 * formulas in Keras's documentation (tfjs's own Adam places epsilon elsewhere).
 */
import type { MixPlan } from '@mixup/core';
import { mixRows, takePlan } from '@mixup/core';
import type * as TfCore from '@tensorflow/tfjs-core';
import type { NetworkOptions } from '../src/index.ts';
import type { Blobs } from './blobs.ts';
import { tf } from './tfjs.ts';

/**
 * @param plans one for each epoch
 * @returns the mean loss of each epoch, over its rows as they passed, without l2
 */
export async function trainReference(
  { shape, weights, optimizer = { name: 'adam' }, l2 = 0 }: NetworkOptions,
  { x, y }: Blobs,
  plans: readonly MixPlan[],
  batchSize: number,
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

  const step = (plan: MixPlan): number => {
    const rows = plan.index.length;
    const mixedX = mixRows(x, plan);
    const mixedY = mixRows(y, plan);
    return tf.tidy(() => {
      const features = tf.tensor(Float32Array.from(mixedX.data), [rows, shape.inputs]);
      const labels = tf.tensor(Float32Array.from(mixedY.data), [rows, shape.outputs]);
      let loss = 0;
      const objective = () => {
        let a: TfCore.Tensor = features;
        for (let layer = 0; layer < kernels.length; layer++) {
          const z = tf.add(
            tf.matMul(a as TfCore.Tensor2D, variables[2 * layer] as TfCore.Tensor2D),
            variables[2 * layer + 1] as TfCore.Tensor,
          );
          a = layer < kernels.length - 1 ? activate(z) : z;
        }
        const crossEntropy = tf.div(tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(a)))), rows);
        loss = crossEntropy.dataSync()[0] as number;
        const penalties = kernels.map((kernel) => tf.mul(l2, tf.sum(tf.square(kernel))));
        return penalties.reduce((sum, next) => tf.add(sum, next), crossEntropy) as TfCore.Scalar;
      };
      const { grads } = tf.variableGrads(objective, variables);
      steps++;
      for (const [i, variable] of variables.entries()) {
        const g = grads[variable.name] as TfCore.Tensor;
        const [m, v] = moments[i] as (typeof moments)[number];
        if (optimizer.name !== 'sgd') {
          const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = optimizer;
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

  const losses = plans.map((plan) => {
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
        );
    }
    return sum / plan.index.length;
  });
  tf.disposeVariables();
  return losses;
}
