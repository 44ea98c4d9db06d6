/** The service worker: keeps every file of the site, so that the page opens without a network. */

declare const __PRECACHE__: { readonly version: string; readonly files: readonly string[] };

/** As much of a service worker's global scope as is used here; TypeScript has it in a library that excludes the DOM's. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}

interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = globalThis as unknown as Scope;
const { version, files } = __PRECACHE__;
const prefix = 'mixup-playground-';
const cacheName = `${prefix}${version}`;

const addressOf = (file: string) => new URL(file, scope.registration.scope).href;
const page = () => addressOf('index.html');
const kept = () => new Set(files.map(addressOf));

scope.addEventListener('install', (event) => event.waitUntil(keepAll()));
scope.addEventListener('activate', (event) => event.waitUntil(dropOthers().then(() => scope.clients.claim())));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') return event.respondWith(newestPage(request));
  if (kept().has(request.url)) event.respondWith(keptFile(request));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(cacheName);
  // Past the HTTP cache, which may hold files of an earlier build.
  await cache.addAll(files.map((file) => new Request(addressOf(file), { cache: 'reload' })));
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
    const response = await caches.match(page());
    if (response) return response;
    throw error;
  }
}

async function keptFile(request: Request): Promise<Response> {
  return (await caches.match(request.url)) ?? fetch(request);
}
