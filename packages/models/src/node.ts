/** What only Node can do: find and load the packages of TensorFlow.js. */
export { describeEngines, type EngineDescription } from './node/describe-engines.ts';
export {
  type LoadTensorFlowOptions,
  loadTensorFlow,
  type NodeBackend,
  type TensorFlowRecord,
} from './node/load-tensorflow.ts';
