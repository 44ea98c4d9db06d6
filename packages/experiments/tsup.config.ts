import { preset } from '../../tsup.preset.ts';

export default preset({
  index: 'src/index.ts',
  plot: 'src/plot.ts',
  node: 'src/node.ts',
  'trial-worker': 'src/node/trial-worker.ts',
});
