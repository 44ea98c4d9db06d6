/** Config: an experiment as plain JSON, checked before anything runs. */
import * as v from 'valibot';
import { type ArmName, armNames, defaultArmNames } from './arm.ts';
import {
  type BackendName,
  backendNames,
  checkEngine,
  type EngineName,
  engineNames,
  imageShapes,
  type ModelChoice,
} from './engine-choice.ts';

/** The protocols by name: see `prepareData`. */
export const protocolNames = ['article', 'rigorous'] as const;

export type ProtocolName = (typeof protocolNames)[number];

/** The data sets by name, each with the number of rows that the article appends. */
const articleMixSize = { iris: 30, digits: 300 } as const;

export type DatasetName = keyof typeof articleMixSize;

/** An experiment, whole: equal configs give equal results. */
export interface ExperimentConfig {
  readonly dataset: DatasetName;
  readonly protocol: ProtocolName;
  readonly arms: readonly ArmName[];
  /** >= 1 */
  readonly trials: number;
  /** In [0, 2 ** 53). */
  readonly seed: number;
  /** Both shapes of the Beta distribution, >= 0. */
  readonly alpha: number;
  /** >= 1 */
  readonly epochs: number;
  /** Rows per step, >= 1. */
  readonly batchSize: number;
  /** Rows that `append` and `duplicate` stack, >= 1. */
  readonly mixSize: number;
  /** Units of each hidden layer, each >= 1. */
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'tanh' | 'linear';
  /** Of Adam, > 0. */
  readonly learningRate: number;
  /** Weight of the sum of squared kernel entries in the loss, >= 0. */
  readonly l2: number;
  /** Fraction of rows held out, in (0, 1). */
  readonly heldOut: number;
  /** What trains: the kernel ('wasm') where nothing is said. */
  readonly engine?: EngineName;
  /** Of TensorFlow.js, which rounds otherwise on each; none with the kernel. */
  readonly backend?: BackendName;
  /** What is trained: the multilayer perceptron ('mlp') where nothing is said. */
  readonly model?: ModelChoice;
}

const number = (rule: string, holds: (n: number) => boolean) =>
  v.custom<number>(
    (n) => typeof n === 'number' && holds(n),
    ({ input }) => `must be ${rule}, got ${show(input)}`,
  );

const integer = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  number(
    max === Number.MAX_SAFE_INTEGER ? `an integer >= ${min}` : `an integer in [${min}, ${max}]`,
    (n) => Number.isInteger(n) && n >= min && n <= max,
  );

const oneOf = <const T extends readonly string[]>(names: T) =>
  v.picklist(names, ({ input }) => `must be one of ${names.join(', ')}, got ${show(input)}`);

const list = <T>(item: v.GenericSchema<T>, rule: string, holds: (list: T[]) => boolean) =>
  v.pipe(
    v.array(item, ({ input }) => `must be ${rule}, got ${show(input)}`),
    v.check(holds, ({ input }) => `must be ${rule}, got ${show(input)}`),
  );

const distinct = (names: readonly unknown[]) => names.length > 0 && new Set(names).size === names.length;

// The caps keep a slip of the keyboard from filling the memory; nobody's experiment on a small network is near them.
const schema = v.strictObject({
  dataset: oneOf(Object.keys(articleMixSize) as DatasetName[]),
  protocol: v.optional(oneOf(protocolNames), 'article'),
  arms: v.optional(list(oneOf(armNames), 'a list of different arms', distinct), [...defaultArmNames]),
  trials: v.optional(integer(1, 1_000_000), 20),
  seed: v.optional(integer(0), 0),
  alpha: v.optional(
    number('>= 0 and finite', (n) => n >= 0 && n < Infinity),
    0.2,
  ),
  epochs: v.optional(integer(1, 1_000_000), 30),
  batchSize: v.optional(integer(1, 1_000_000), 30),
  mixSize: v.optional(integer(1)),
  hidden: v.optional(
    list(integer(1, 65_536), 'a list of at most 16 layers', (layers) => layers.length <= 16),
    [80],
  ),
  activation: v.optional(oneOf(['relu', 'tanh', 'linear']), 'relu'),
  learningRate: v.optional(
    number('> 0 and finite', (n) => n > 0 && n < Infinity),
    0.001,
  ),
  l2: v.optional(
    number('>= 0 and finite', (n) => n >= 0 && n < Infinity),
    0,
  ),
  heldOut: v.optional(
    number('in (0, 1)', (n) => n > 0 && n < 1),
    0.2,
  ),
  engine: v.exactOptional(oneOf(engineNames)),
  backend: v.exactOptional(oneOf(backendNames)),
  model: v.exactOptional(
    v.custom<ModelChoice>(
      isModelChoice,
      ({ input }) => `must be mlp, cnn or { file, digest } of a model file, got ${show(input)}`,
    ),
  ),
});

function isModelChoice(input: unknown): boolean {
  if (input === 'mlp' || input === 'cnn') return true;
  const { file, digest, ...rest } = Object(input) as Record<string, unknown>;
  const named = typeof file === 'string' && file !== '' && typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest);
  return named && typeof input === 'object' && Object.keys(rest).length === 0;
}

/** What must be given, and what may be: all but `dataset` has the article's value as its default. */
export type ConfigInput = v.InferInput<typeof schema>;

/**
 * Check a config and fill in the article's values where it is silent.
 *
 * @param input anything, for instance parsed JSON
 * @throws RangeError with one line that names the first thing wrong: "config: alpha must be >= 0 and finite, got -1"
 */
export function parseConfig(input: unknown): ExperimentConfig {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new RangeError(describe(issue));
  }
  const { mixSize, engine = 'wasm', model = 'mlp', ...config } = result.output;
  checkEngine({ ...config, engine, model });
  checkArms({ ...config, model });
  return {
    ...config,
    mixSize: mixSize ?? articleMixSize[config.dataset],
    // The defaults are left unsaid, so that saying them makes no other experiment.
    ...(engine === 'wasm' ? {} : { engine }),
    ...(model === 'mlp' ? {} : { model }),
  };
}

/** What arms ask of data and model, as far as the config tells. */
function checkArms({ dataset, arms, hidden, model }: Pick<ExperimentConfig, 'dataset' | 'arms' | 'hidden' | 'model'>) {
  if (arms.includes('cutmix') && !imageShapes[dataset]) {
    throw new RangeError(`config: arms must not have cutmix for ${dataset}, whose rows are no images`);
  }
  if (arms.includes('manifold') && model === 'mlp' && hidden.length === 0) {
    throw new RangeError('config: arms must not have manifold without a hidden layer, as hidden is []');
  }
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  if (path === null) return `config: must be an object, got ${show(issue.input)}`;
  if (issue.type === 'strict_object') {
    return issue.expected === 'never' ? `config: unknown key ${path}` : `config: ${path} is missing`;
  }
  return `config: ${path} ${issue.message}`;
}

function show(value: unknown): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return JSON.stringify(value);
  return typeof value === 'string' ? `"${value}"` : Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}
