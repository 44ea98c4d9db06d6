export type { BatchMethod, BatchMixOptions, BatchPosition, PassingMixOptions } from './batch-method.ts';
export { mixTensors, type TensorLike, type TensorOps, type TensorTree } from './mix-tensors.ts';
export {
  type BatchSource,
  createTensorDataset,
  type DatasetMixOptions,
  type EpochOptions,
  type MixedDataset,
  mixDataset,
  type TensorBatch,
  type TensorDatasetOptions,
} from './mixed-dataset.ts';
