/** The static site: relative paths, so that it works from any folder, and sources instead of builds. */
import { defaultClientConditions, defineConfig } from 'vite';
import { workerNames } from './later.ts';
import { precache } from './precache.plugin.ts';

export default defineConfig({
  base: './',
  resolve: { conditions: ['@mixup/source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es', rolldownOptions: { output: workerNames } },
  plugins: [precache()],
  build: {
    // All have WebAssembly SIMD, light-dark() and module workers.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: 'index.html', 'service-worker': 'src/service-worker.ts' } },
  },
});
