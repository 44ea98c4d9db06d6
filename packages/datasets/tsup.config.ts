import { preset } from '../../tsup.preset.ts';

export default preset({ index: 'src/index.ts', images: 'src/images.ts', numpy: 'src/numpy.ts', node: 'src/node.ts' });
