export { type ArmName, type ArmOptions, type ArmStreams, armNames, createArm, type EpochPlan } from './arm.ts';
export {
  type ConfigInput,
  type DatasetName,
  type ExperimentConfig,
  type ProtocolName,
  parseConfig,
  protocolNames,
} from './config.ts';
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
