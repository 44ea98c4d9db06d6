export {
  type ArmEpoch,
  type ArmName,
  type ArmOptions,
  type ArmStreams,
  armNames,
  createArm,
  defaultArmNames,
  type EpochPlan,
  rowsPerBatchRow,
} from './arm.ts';
export {
  type ConfigInput,
  type DatasetName,
  type ExperimentConfig,
  type ProtocolName,
  parseConfig,
  protocolNames,
} from './config.ts';
export { type CorrectedTOptions, correctedT } from './correctedt.ts';
export { areaUnderCurve, bandByEpoch, epochsToReach, meanByEpoch } from './curve.ts';
export { configDigest, trialId } from './digest.ts';
export {
  type BackendName,
  backendNames,
  describeModel,
  describeRecord,
  type EngineName,
  type EngineRecord,
  engineNameOf,
  engineNames,
  type ModelChoice,
  type ModelFile,
} from './engine-choice.ts';
export { type Executor, type RunOptions, runTrials } from './executor.ts';
export { createInlineExecutor, type InlineExecutorOptions } from './inline-executor.ts';
export { type ConfidenceOptions, type MeanInterval, meanInterval } from './interval.ts';
export { joinExecutors } from './joint-executor.ts';
export {
  createManifest,
  type Environment,
  type Manifest,
  type ManifestEntry,
  type ManifestInput,
  parseManifest,
} from './manifest.ts';
export { pairedT, type TTest } from './pairedt.ts';
export { formatPoints, pointDecimals } from './points.ts';
export { type PreparedData, prepareData, splitData } from './protocol.ts';
export { type ReportInput, type ReportPictures, reportHtml } from './report.ts';
export { reproduceCommand } from './reproduction.ts';
export type {
  ArmResult,
  ArmSummary,
  Comparison,
  ExperimentSummary,
  History,
  MeanWithInterval,
  ResultDocument,
  TrialResult,
} from './result.ts';
export { type SignFlipOptions, signFlipTest } from './signflip.ts';
export { studentTCdf, studentTQuantile } from './student.ts';
export { summarizeTrials } from './summary.ts';
export { type Tally, tally } from './tally.ts';
export { checkMixSize, runTrial, type TrialOptions } from './trial.ts';
export { createTrialData, type TrialData } from './trial-data.ts';
export { formatTrialResult, parseTrialResult } from './trial-schema.ts';
export { describeVerdict } from './verdict.ts';
