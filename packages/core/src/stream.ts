export type { BatchMethod, BatchMixOptions, BatchPosition } from './batch-method.ts';
export {
  createMixTransformer,
  type MixedRows,
  type MixTransformer,
  mixBatches,
  type RowsBatch,
} from './mixed-stream.ts';
