/**
 * Plot, the parts of D3 that it takes and linkedom, bundled and minified for Node: their hundreds of files take three times as long to load.
 * What is bundled is named in `plots.licenses.txt`, with its licences.
 */
import { preset } from '../../tsup.preset.ts';
import { licenses } from './tsup.licenses.ts';

export default preset(
  { plots: 'src/node/plots.ts' },
  {
    clean: false,
    dts: false,
    splitting: false,
    noExternal: ['@observablehq/plot', 'linkedom'],
    minify: true,
    esbuildPlugins: [licenses('dist/plots.licenses.txt', ['linkedom'])],
  },
);
