/** Callbacks of a training: tfjs's names, and the figures that they are told. */

/** The figures of an epoch, by tfjs's names: of the batches as they passed, and of the validation rows after them. */
export interface EpochLogs {
  readonly loss: number;
  readonly acc: number;
  readonly val_loss?: number;
  readonly val_acc?: number;
}

/** What is known of a batch before its step. */
export interface BatchBeginLogs {
  /** 0 first */
  readonly batch: number;
  /** Rows. */
  readonly size: number;
}

/** The figures of a batch, by tfjs's names. */
export interface BatchLogs extends BatchBeginLogs {
  readonly loss: number;
  readonly acc: number;
}

/** tfjs's names, for those that are there; `onYield` is not. Promises are waited for. */
export interface TrainCallbacks {
  readonly onTrainBegin?: () => void | Promise<void>;
  /** However training ends, once the best weights are back: at an abort, a divergence and an error of a callback too. */
  readonly onTrainEnd?: () => void | Promise<void>;
  readonly onEpochBegin?: (epoch: number) => void | Promise<void>;
  readonly onEpochEnd?: (epoch: number, logs: EpochLogs) => void | Promise<void>;
  readonly onBatchBegin?: (batch: number, logs: BatchBeginLogs) => void | Promise<void>;
  /** Reads each batch's loss back from the device, which costs time. */
  readonly onBatchEnd?: (batch: number, logs: BatchLogs) => void | Promise<void>;
}

const callbackNames = ['onTrainBegin', 'onTrainEnd', 'onEpochBegin', 'onEpochEnd', 'onBatchBegin', 'onBatchEnd'];

/**
 * Check that every callback is one that is called.
 *
 * @throws TypeError for a list, a callback of tfjs's own (`tf.callbacks.earlyStopping()`), and what is no function
 * @throws RangeError for another name that begins with "on"
 */
export function checkCallbacks(callbacks: TrainCallbacks, name: string): void {
  const got = Array.isArray(callbacks)
    ? 'a list'
    : 'setModel' in Object(callbacks)
      ? 'a tf.Callback; see earlyStopping'
      : typeof callbacks;
  if (got !== 'object' || callbacks === null) {
    throw new TypeError(`${name}: callbacks must be an object of functions, got ${callbacks === null ? 'null' : got}`);
  }
  for (const [key, callback] of Object.entries(callbacks)) {
    if (!key.startsWith('on')) continue;
    if (!callbackNames.includes(key)) {
      throw new RangeError(`${name}: callbacks must be ${callbackNames.join(', ')}, got ${key}`);
    }
    if (callback !== undefined && typeof callback !== 'function') {
      throw new TypeError(`${name}: callbacks.${key} must be a function, got ${typeof callback}`);
    }
  }
}
