/** The page's side of a worker: it is started at the first call, and again after it was lost. */
import { type Remote, releaseProxy, wrap } from 'comlink';
import { readyMessage } from './serve.ts';

/** What a call is refused with when its worker is gone. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}

export interface WorkerHandle<Api> {
  /**
   * Call the worker.
   *
   * @throws WorkerLost when the worker is gone before it has answered; the next call starts another
   */
  call<T>(use: (api: Remote<Api>) => Promise<T>): Promise<T>;
  /** End the worker; calls under way are refused. */
  close(): void;
}

interface Running<Api> {
  readonly api: Remote<Api>;
  readonly ready: Promise<void>;
  /** Rejected once the worker is gone. */
  readonly lost: Promise<never>;
  readonly end: (why: string) => void;
}

/**
 * Open a worker.
 *
 * @param start `(options) => new RoomWorker(options)`, where `RoomWorker` is imported from './room-worker.ts?worker'
 * @param onLost called when a worker is gone that was not closed: say so
 */
export function openWorker<Api>(
  start: (options: { name: string }) => Worker,
  onLost: (error: WorkerLost) => void = () => {},
): WorkerHandle<Api> {
  let running: Running<Api> | undefined;

  const run = (): Running<Api> => {
    const name = `mixup-worker-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    const worker = start({ name });
    const api = wrap<Api>(worker);
    const watch = new AbortController();
    let end: Running<Api>['end'] = () => {};
    const lost = new Promise<never>((_, reject) => {
      end = (why) => {
        if (running !== own) return;
        running = undefined;
        watch.abort();
        worker.terminate();
        const error = new WorkerLost(why);
        reject(error);
        if (why !== closed) onLost(error);
      };
    });
    // Nobody may be waiting for it.
    lost.catch(() => {});
    const ready = new Promise<void>((resolve) => {
      worker.addEventListener('message', ({ data }) => {
        if (data !== readyMessage) return;
        resolve();
        navigator.locks
          ?.request(name, { signal: watch.signal }, () => end('the worker was ended from outside'))
          .catch(() => {});
      });
    });
    worker.addEventListener('error', (event) => end(event.message || 'the worker could not be loaded'));
    const own: Running<Api> = { api, ready, lost, end };
    return own;
  };

  return {
    call: async (use) => {
      running ??= run();
      const { api, ready, lost } = running;
      return Promise.race([lost, ready.then(() => use(api))]);
    },
    close: () => {
      running?.api[releaseProxy]();
      running?.end(closed);
    },
  };
}

const closed = 'the worker was closed';
