/** The worker's side: what a room's worker calls, once, with what it can do. */
import { expose } from 'comlink';

/** How a worker says that it is there, and holds its lock. */
export const readyMessage = 'mixup-worker-ready';

/**
 * Answer calls from the page.
 *
 * The worker holds a lock of its own name for as long as it lives. The page waits for the same lock, and gets it the
 * moment the worker is gone, however it went: nothing else in a browser tells of a worker that was killed.
 *
 * @param api what can be called; arguments and results are copied, or moved with comlink's `transfer`
 */
export function serve(api: object): void {
  expose(api);
  const ready = () => postMessage(readyMessage);
  // Locks need a secure address (https, localhost). Elsewhere a killed worker goes unnoticed.
  if (!navigator.locks) ready();
  else {
    void navigator.locks.request(self.name, () => {
      ready();
      return new Promise(() => {});
    });
  }
}
