/** Early stopping: when an epoch's figures have not improved for a while. */
import type { LayersModel, TensorFlow } from './tensorflow.ts';
import type { EpochLogs } from './train-callbacks.ts';

export interface EarlyStopping {
  /** What is to improve: losses downwards, accuracies upwards. Default 'val_loss'. */
  readonly monitor?: keyof EpochLogs;
  /** Epochs in a row without an improvement after which training ends, an integer >= 1, default 10. */
  readonly patience?: number;
  /** What an improvement must exceed, >= 0, default 0. */
  readonly minDelta?: number;
  /**
   * Leave the model with the weights of its best epoch, however training ends: an abort and a divergence too. Before the first
   * epoch is through, those are the weights that it began with. Default true.
   */
  readonly restoreBest?: boolean;
}

/** What watches a training. */
export interface Watch {
  /** The best epoch so far, or undefined before the first. */
  readonly bestEpoch: number | undefined;
  /** Keep the weights that training begins with, until an epoch is through. */
  begin(): void;
  /** @returns whether training is to end after this epoch */
  see(epoch: number, logs: EpochLogs): boolean;
  /** Put the best weights back, if that was asked for. */
  restore(): void;
  dispose(): void;
}

/** @throws RangeError when a setting is out of range, or nothing is measured that could be watched */
export function createWatch(
  tf: TensorFlow,
  model: LayersModel,
  { monitor = 'val_loss', patience = 10, minDelta = 0, restoreBest = true }: EarlyStopping,
  hasValidation: boolean,
): Watch {
  if (!['loss', 'acc', 'val_loss', 'val_acc'].includes(monitor)) {
    const got = String(monitor);
    throw new RangeError(`trainModel: monitor must be 'loss', 'acc', 'val_loss' or 'val_acc', got ${got}`);
  }
  if (monitor.startsWith('val_') && !hasValidation) {
    throw new RangeError(`trainModel: monitor must be 'loss' or 'acc' where there is no validation, got ${monitor}`);
  }
  if (!(Number.isInteger(patience) && patience >= 1)) {
    throw new RangeError(`trainModel: patience must be an integer >= 1, got ${patience}`);
  }
  if (!(minDelta >= 0 && minDelta < Infinity)) {
    throw new RangeError(`trainModel: minDelta must be >= 0 and finite, got ${minDelta}`);
  }
  const sign = monitor.endsWith('acc') ? 1 : -1;
  let best = -Infinity;
  let bestEpoch: number | undefined;
  let kept: ReturnType<LayersModel['getWeights']> = [];
  const keep = () => {
    if (!restoreBest) return;
    tf.dispose(kept);
    kept = model.getWeights().map((weight) => tf.clone(weight));
  };
  return {
    get bestEpoch() {
      return bestEpoch;
    },
    begin: keep,
    see: (epoch, logs) => {
      const value = sign * (logs[monitor] as number);
      if (bestEpoch === undefined || value > best + minDelta) {
        [best, bestEpoch] = [value, epoch];
        keep();
      }
      return epoch - (bestEpoch as number) >= patience;
    },
    restore: () => {
      if (kept.length > 0) model.setWeights(kept);
    },
    dispose: () => tf.dispose(kept),
  };
}
