/** Starts the service worker, once the page has what it needs itself. */
import { watchBuild } from './build.ts';

/** @param onNew called when there is a newer build of the page */
export function keepOffline(onNew: () => void): void {
  // Absent where the page comes from an insecure address: then it works, but not offline.
  if (!('serviceWorker' in navigator)) return;
  const start = () => {
    navigator.serviceWorker.register('./service-worker.js').then(
      (registration) => watchBuild(registration, onNew),
      (error: unknown) => console.warn('mixup: this page will not open offline', error),
    );
  };
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
}
