/** The service worker: keeps every file of the site, so that the page opens without a network. */

declare const __PRECACHE__: {
  /** The name of the build. */
  readonly build: string;
  /** Kept at once. */
  readonly files: readonly string[];
  /** Kept once they were asked for. */
  readonly later: readonly string[];
};

/** As much of a service worker's global scope as is used here; TypeScript has it in a library that excludes the DOM's. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent & Extendable) => void): void;
}

interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as Scope;
const { build, files, later } = __PRECACHE__;
const prefix = 'mixup-playground-';
const cacheName = `${prefix}${build}`;

const addressOf = (file: string) => new URL(file, scope.registration.scope).href;
const page = () => addressOf('index.html');
const kept = () => new Set(files.map(addressOf));
const keptLater = () => new Set(later.map(addressOf));

scope.addEventListener('install', (event) => event.waitUntil(keepAll()));
scope.addEventListener('activate', (event) =>
  event.waitUntil(
    takeAlong()
      .then(dropOthers)
      .then(() => scope.clients.claim()),
  ),
);
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') return event.respondWith(newestPage(request));
  if (kept().has(request.url)) return event.respondWith(keptFile(request));
  if (keptLater().has(request.url)) event.respondWith(keepOnUse(request));
});
// See src/shell/build.ts, which asks.
scope.addEventListener('message', (event) => {
  if (event.data === 'build') event.ports[0]?.postMessage(build);
  if (event.data === 'take over') event.waitUntil(scope.skipWaiting());
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  // Past the HTTP cache, which may hold files of an earlier build.
  await cache.addAll(files.map((file) => new Request(addressOf(file), { cache: 'reload' })));
}

/** What was asked for in an earlier build, and is the same in this one: its name has a digest in it. */
async function takeAlong(): Promise<void> {
  const cache = await caches.open(cacheName);
  for (const address of keptLater()) {
    const response = await caches.match(address);
    if (response) await cache.put(address, response);
  }
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)),
  );
}

/** The page as it is now where there is a network, for it names the other files; else as it was kept. */
async function newestPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const own = await caches.open(cacheName);
    const response = await own.match(page());
    if (response) return response;
    throw error;
  }
}

async function keptFile(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}

async function keepOnUse(request: Request): Promise<Response> {
  const known = await caches.match(request.url);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(cacheName);
    // A full disk is no reason to do without it now.
    await cache.put(request.url, response.clone()).catch(() => {});
  }
  return response;
}
