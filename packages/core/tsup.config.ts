import { preset } from '../../tsup.preset.ts';

export default preset({
  index: 'src/index.ts',
  methods: 'src/methods.ts',
  numpy: 'src/numpy.ts',
  table: 'src/table.ts',
  metrics: 'src/metrics.ts',
  audit: 'src/audit.ts',
  tfjs: 'src/tfjs.ts',
  stream: 'src/stream.ts',
  conformance: 'src/conformance.ts',
});
