import { preset } from '../../tsup.preset.ts';

export default preset(
  {
    index: 'src/index.ts',
    plot: 'src/plot.ts',
    node: 'src/node.ts',
    threads: 'src/node/threads.ts',
    'trial-worker': 'src/node/trial-worker.ts',
  },
  {
    esbuildPlugins: [
      {
        // A file of its own, which tsup.plots.config.ts builds.
        name: 'plots',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^\.\/plots\.ts$/ }, () => ({ path: './plots.js', external: true })),
      },
    ],
  },
);
