/** Optimizers in TensorFlow.js operations, as Keras computes them: tfjs's own Adam places epsilon elsewhere. */
import type { Tensor, Optimizer as TfOptimizer, Variable } from '@tensorflow/tfjs-core';
import type { CompleteOptimizer } from '../optimizer.ts';
import type { TensorFlow } from './tensorflow.ts';

/** What changes the variables of a model. */
export interface Updates {
  /**
   * Change the variables by their gradients, inside a `tf.tidy`.
   *
   * @param gradients one for each variable, in their order
   * @param rate the learning rate of this step, or undefined for the optimizer's own
   * @param step counted from 1
   */
  apply(gradients: readonly Tensor[], rate: number | undefined, step: number): void;
  /** Moments and velocities; none where the optimizer keeps its own. */
  readonly moments: readonly Variable[];
  dispose(): void;
}

export function createUpdates(tf: TensorFlow, optimizer: CompleteOptimizer, variables: readonly Variable[]): Updates {
  const count = optimizer.name === 'sgd' ? (optimizer.momentum === 0 ? 0 : 1) : 2;
  const moments = variables.map((variable) =>
    Array.from({ length: count }, () => tf.tidy(() => tf.variable(tf.zerosLike(variable), false))),
  );
  return {
    moments: moments.flat(),
    apply: (gradients, rate = optimizer.learningRate, step) => {
      for (const [i, variable] of variables.entries()) {
        const gradient = gradients[i] as Tensor;
        const [first, second] = moments[i] as Variable[];
        if (optimizer.name === 'sgd') {
          if (!first) {
            variable.assign(tf.sub(variable, tf.mul(gradient, rate)));
            continue;
          }
          first.assign(tf.sub(tf.mul(first, optimizer.momentum), tf.mul(gradient, rate)));
          variable.assign(tf.add(variable, first));
          continue;
        }
        const { beta1, beta2, epsilon } = optimizer;
        const [m, v] = [first, second] as [Variable, Variable];
        if (optimizer.name === 'adamw' && optimizer.weightDecay > 0) {
          variable.assign(tf.sub(variable, tf.mul(variable, rate * optimizer.weightDecay)));
        }
        m.assign(tf.add(m, tf.mul(tf.sub(gradient, m), 1 - beta1)));
        v.assign(tf.add(v, tf.mul(tf.sub(tf.square(gradient), v), 1 - beta2)));
        const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
        variable.assign(tf.sub(variable, tf.div(tf.mul(m, corrected), tf.add(tf.sqrt(v), epsilon))));
      }
    },
    dispose: () => {
      tf.dispose(moments);
    },
  };
}

/** Let an optimizer of tfjs (`tf.train.rmsprop(0.001)`) change the variables; it keeps its own learning rate. */
export function adoptOptimizer(optimizer: TfOptimizer, variables: readonly Variable[]): Updates {
  return {
    moments: [],
    apply: (gradients, rate) => {
      if (rate !== undefined) {
        throw new RangeError('train: learningRate must be that of the tfjs optimizer, which keeps its own');
      }
      optimizer.applyGradients(Object.fromEntries(variables.map((v, i) => [v.name, gradients[i] as Tensor])));
    },
    dispose: () => {},
  };
}
