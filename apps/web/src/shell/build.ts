/** Builds: the one that this page is of, and a newer one that the service worker has. */

/** The name of this page's build. */
function ownBuild(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name=build]')?.content;
}

/** @returns the name of the build that a service worker keeps; never, where it is too old to know */
function buildOf(worker: ServiceWorker): Promise<string> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(String(data));
    };
    worker.postMessage('build', [port2]);
  });
}

/**
 * Watch for a build that is not this page's.
 *
 * A page is loaded from the network where there is one, so it may be newer than the service worker that it finds: then the
 * worker that comes after it takes over in silence.
 *
 * @param onNew called when there is one
 */
export function watchBuild(registration: ServiceWorkerRegistration, onNew: () => void): void {
  const look = async (worker: ServiceWorker | null) => {
    if (!worker) return;
    if ((await buildOf(worker)) !== ownBuild()) onNew();
    else if (worker === registration.waiting) worker.postMessage('take over');
  };
  const follow = (worker: ServiceWorker | null) => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') void look(worker);
    });
  };
  void look(registration.waiting);
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  // Another tab let the new one take over.
  navigator.serviceWorker.addEventListener('controllerchange', () => void look(navigator.serviceWorker.controller));
  // Browsers look for a new one when a page is opened; this one may stay open for days.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {});
  });
}

/** Load the page again, in the newest build: from the network, and where there is none from what is kept. */
export async function reloadInNewest(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const waiting = registration?.waiting;
  if (waiting) {
    // It takes over, or is gone because a newer one came.
    const taken = new Promise((resolve) => waiting.addEventListener('statechange', resolve, { once: true }));
    waiting.postMessage('take over');
    await taken;
  }
  location.reload();
}
