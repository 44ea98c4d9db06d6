export {
  compareLossForms,
  crossEntropy,
  type LossForms,
  type MixedMetrics,
  mixedAccuracy,
  mixedMetrics,
  type RowLoss,
  squaredError,
} from './mixed-metrics.ts';
export { excessLosses, labelEntropies, type PredictionOptions, softCrossEntropies } from './soft-loss.ts';
