/** Starts the service worker, once the page has what it needs itself. */

export function keepOffline(): void {
  // Absent where the page comes from an insecure address: then it works, but not offline.
  if (!('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    navigator.serviceWorker.register('./service-worker.js').catch((error: unknown) => {
      console.warn('mixup: this page will not open offline', error);
    });
  });
}
