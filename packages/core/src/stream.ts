export type { BatchMethod, BatchMixOptions, BatchPosition, PassingMixOptions } from './batch-method.ts';
export {
  type BatchRows,
  createMixTransformer,
  type MixedRows,
  type MixTransformer,
  mixBatches,
  type RowsBatch,
  type StreamMixOptions,
} from './mixed-stream.ts';
