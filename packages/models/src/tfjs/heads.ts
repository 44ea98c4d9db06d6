/** Heads in TensorFlow.js operations: losses, accuracies and predictions of rows. */
import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import type { Head } from '../engine.ts';
import type { TensorFlow } from './tensorflow.ts';

/** What a model gives: the numbers before its last activation, or what comes after it. */
export interface Outputs {
  /** [rows, outputs] */
  readonly values: Tensor;
  readonly form: 'logits' | 'probabilities';
}

/** The least normal float32: its logarithm is finite, and no probability that matters is smaller. */
const TINY = 2 ** -126;

/** @returns the loss of each row as `Head` defines it, shape [rows] */
export function rowLosses(tf: TensorFlow, head: Head, { values, form }: Outputs, labels: Tensor): Tensor1D {
  const log = (p: Tensor) => tf.log(tf.maximum(p, TINY));
  if (head === 'linear') return tf.mean(tf.squaredDifference(values, labels), 1);
  if (head === 'softmax') {
    const logs = form === 'logits' ? tf.logSoftmax(values) : log(values);
    return tf.neg(tf.sum(tf.mul(labels, logs), 1));
  }
  if (form === 'probabilities') {
    const right = tf.mul(labels, log(values));
    return tf.neg(tf.mean(tf.add(right, tf.mul(tf.sub(1, labels), log(tf.sub(1, values)))), 1));
  }
  // max(z, 0) - z y + log(1 + e^-|z|): no exponential can overflow.
  const tail = tf.log1p(tf.exp(tf.neg(tf.abs(values))));
  return tf.mean(tf.add(tf.sub(tf.relu(values), tf.mul(values, labels)), tail), 1);
}

/** @returns how right each row is as `Score.accuracy` defines it, shape [rows] */
export function rowAccuracies(tf: TensorFlow, head: Head, { values, form }: Outputs, labels: Tensor): Tensor1D {
  if (head === 'linear') return tf.mul(tf.sum(values, 1), 0);
  if (head === 'softmax') {
    const chosen = tf.oneHot(tf.argMax(values, 1) as Tensor1D, values.shape[1] as number);
    return tf.sum(tf.mul(labels, tf.cast(chosen, 'float32')), 1);
  }
  const yes = tf.cast(tf.greater(values, form === 'logits' ? 0 : 0.5), 'float32');
  const no = tf.sub(1, yes);
  return tf.mean(tf.add(tf.mul(yes, labels), tf.mul(no, tf.sub(1, labels))), 1);
}

/** @returns what the head gives, shape [rows, outputs] */
export function predictions(tf: TensorFlow, head: Head, { values, form }: Outputs): Tensor {
  if (head === 'linear' || form === 'probabilities') return values;
  return head === 'softmax' ? tf.softmax(values as Tensor<never>) : tf.sigmoid(values);
}
