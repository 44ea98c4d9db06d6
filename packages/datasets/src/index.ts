export { type DatasetName, datasetNames, loadDataset } from './catalogue.ts';
export { createDataset, type Dataset, type DatasetCard, type DatasetInput } from './dataset.ts';
export { datasetDigest } from './digest.ts';
export { loadDigits } from './digits.ts';
export { loadIris } from './iris.ts';
export { type MinMaxScaler, type MinMaxScalerOptions, minMaxScaler } from './min-max-scaler.ts';
export { type Split, type SplitSizes, type TrainTestSplitOptions, trainTestSplit } from './split.ts';
export { type StandardScaler, type StandardScalerOptions, standardScaler } from './standard-scaler.ts';
