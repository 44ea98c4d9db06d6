import { preset } from '../../tsup.preset.ts';

export default preset({
  index: 'src/index.ts',
  layers: 'src/layers.ts',
  tfjs: 'src/tfjs.ts',
  node: 'src/node.ts',
  testing: 'src/testing.ts',
});
