/** Tells the service worker what there is to keep, and service worker and page the name of the build, which changes with any file. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { Plugin } from 'vite';
import { laterFolder } from './later.ts';

const serviceWorker = 'service-worker.js';

/** What stands in the service worker's source for the list, and in the page's for the name. */
const placeholders = { list: '__PRECACHE__', build: '__BUILD__' } as const;

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
        const all = [...built.map(({ fileName }) => fileName), ...readdirSync('public')].sort();
        const isLater = (file: string) => file.startsWith(laterFolder);
        const hash = createHash('sha256');
        for (const file of built) hash.update(file.type === 'chunk' ? file.code : file.source);
        const build = hash.digest('hex').slice(0, 16);
        const own = bundle[serviceWorker];
        if (own?.type !== 'chunk' || !own.code.includes(placeholders.list)) {
          this.error(`precache: ${serviceWorker} must name ${placeholders.list}`);
        }
        const page = bundle['index.html'];
        if (page?.type !== 'asset' || !String(page.source).includes(placeholders.build)) {
          this.error(`precache: index.html must name ${placeholders.build}`);
        }
        page.source = String(page.source).replace(placeholders.build, build);
        const files = all.filter((file) => !isLater(file));
        const list = JSON.stringify({ build, files, later: all.filter(isLater) });
        own.code = own.code.replace(placeholders.list, () => list);
      },
    },
  };
}
