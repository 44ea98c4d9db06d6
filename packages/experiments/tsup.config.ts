import { preset } from '../../tsup.preset.ts';
import { licenses } from './tsup.licenses.ts';

export default preset(
  {
    index: 'src/index.ts',
    plot: 'src/plot.ts',
    node: 'src/node.ts',
    threads: 'src/node/threads.ts',
    'trial-worker': 'src/node/trial-worker.ts',
  },
  {
    // A start reads them in half the time: the parts that are used, in files that are read anyway. Valibot stays a dependency for its
    // types, which the declarations name.
    noExternal: ['valibot', '@noble/hashes'],
    esbuildPlugins: [
      licenses('dist/licenses.txt'),
      {
        // A file of its own, which tsup.plots.config.ts builds.
        name: 'plots',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^\.\/plots\.ts$/ }, () => ({ path: './plots.js', external: true })),
      },
    ],
  },
);
