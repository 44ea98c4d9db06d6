import { preset } from '../../tsup.preset.ts';

export default preset({
  index: 'src/index.ts',
  numpy: 'src/numpy.ts',
  table: 'src/table.ts',
  metrics: 'src/metrics.ts',
  audit: 'src/audit.ts',
  conformance: 'src/conformance.ts',
  tfjs: 'src/tfjs.ts',
  stream: 'src/stream.ts',
});
