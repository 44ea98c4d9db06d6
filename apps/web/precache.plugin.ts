/** Tells the service worker what there is to keep: every file of the build, under a name that changes with any of them. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { Plugin } from 'vite';

const serviceWorker = 'service-worker.js';

/** What stands in the service worker's source for the list. */
const placeholder = '__PRECACHE__';

export function precache(): Plugin {
  return {
    name: 'mixup-precache',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          output: {
            // The service worker's address must stay, or an old one would never be replaced.
            entryFileNames: ({ name }) => (name === 'service-worker' ? serviceWorker : 'assets/[name]-[hash].js'),
          },
        },
      },
    }),
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const built = Object.values(bundle).filter(({ fileName }) => fileName !== serviceWorker);
        const files = [...built.map(({ fileName }) => fileName), ...readdirSync('public')].sort();
        const hash = createHash('sha256');
        for (const file of built) hash.update(file.type === 'chunk' ? file.code : file.source);
        const own = bundle[serviceWorker];
        if (own?.type !== 'chunk' || !own.code.includes(placeholder)) {
          this.error(`precache: ${serviceWorker} must name ${placeholder}`);
        }
        const list = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files });
        own.code = own.code.replace(placeholder, () => list);
      },
    },
  };
}
