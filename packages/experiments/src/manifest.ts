/** The manifest: what a run is of, and where it was computed. */
import * as v from 'valibot';
import { type ExperimentConfig, parseConfig } from './config.ts';
import { configDigest } from './digest.ts';
import { backendNames, describeModel, type EngineRecord, engineNames } from './engine-choice.ts';

/** The machine, as far as it is worth knowing. Results do not depend on it. */
export interface Environment {
  readonly node: string;
  readonly platform: string;
  readonly arch: string;
  /** Model of the processor. */
  readonly cpu: string;
  readonly cores: number;
}

/** One experiment of a run. */
export interface ManifestEntry {
  readonly dataset: string;
  readonly seed: number;
  /** See `configDigest`: it leaves out the number of trials. */
  readonly configDigest: string;
  readonly dataDigest: string;
  readonly config: ExperimentConfig;
  /** What trained and why, where the kernel did not. */
  readonly engine?: EngineRecord;
}

/** What `manifest.json` holds. */
export interface Manifest {
  readonly schema: 1;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly experiments: readonly ManifestEntry[];
  readonly environment: Environment;
  /** Versions of packages by name; other versions may compute other results. */
  readonly packages: Readonly<Record<string, string>>;
}

export interface ManifestInput {
  readonly createdAt: string;
  readonly experiments: readonly Pick<ManifestEntry, 'config' | 'dataDigest' | 'engine'>[];
  readonly environment: Environment;
  readonly packages: Readonly<Record<string, string>>;
}

/**
 * Create the manifest of a run.
 *
 * @throws RangeError when there is no experiment, or two are of one data set
 */
export function createManifest({ createdAt, experiments, environment, packages }: ManifestInput): Manifest {
  const datasets = experiments.map(({ config }) => config.dataset);
  if (datasets.length === 0 || new Set(datasets).size < datasets.length) {
    throw new RangeError(`createManifest: there must be one experiment per data set, got [${datasets.join(', ')}]`);
  }
  return {
    schema: 1,
    createdAt,
    experiments: experiments.map(({ config, dataDigest, engine }) => ({
      dataset: config.dataset,
      seed: config.seed,
      configDigest: configDigest(config),
      dataDigest,
      config,
      ...(engine && { engine }),
    })),
    environment,
    packages,
  };
}

const engineSchema = v.object({
  engine: v.picklist(engineNames),
  backend: v.picklist(backendNames),
  version: v.string(),
  why: v.array(v.string()),
});

const schema = v.object({
  schema: v.literal(1),
  createdAt: v.string(),
  experiments: v.array(
    v.object({
      dataset: v.string(),
      seed: v.number(),
      configDigest: v.string(),
      dataDigest: v.string(),
      config: v.pipe(
        v.unknown(),
        v.transform((config) => parseConfig(config)),
      ),
      engine: v.exactOptional(engineSchema),
    }),
  ),
  environment: v.object({
    node: v.string(),
    platform: v.string(),
    arch: v.string(),
    cpu: v.string(),
    cores: v.number(),
  }),
  packages: v.record(v.string(), v.string()),
});

/**
 * Check a manifest that comes from outside.
 *
 * @param input anything, for instance parsed JSON
 * @throws TypeError or RangeError with one line that names the first thing wrong
 */
export function parseManifest(input: unknown): Manifest {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new TypeError(
    `parseManifest: ${v.getDotPath(issue) ?? 'a manifest'} must be ${issue.expected}, got ${issue.received}`,
  );
}

/** Tell whether two runs are of the same experiments on the same data, in whatever order and however many trials. */
export function sameExperiments(one: Manifest, other: Manifest): boolean {
  const names = ({ experiments }: Manifest) =>
    experiments
      .map((entry) => `${entry.configDigest} ${entry.dataDigest}`)
      .sort()
      .join();
  return names(one) === names(other);
}

/**
 * Find an experiment that another engine, backend or model computes now, and that is the same in all else: results of the two
 * don't mix.
 *
 * @returns "digits: mlp on wasm, now cnn on tfjs node", or undefined where there is none
 */
export function changedEngine(then: Manifest, now: Manifest): string | undefined {
  for (const { config } of now.experiments) {
    const before = then.experiments.find(({ dataset }) => dataset === config.dataset)?.config;
    if (!before || configDigest(before) === configDigest(config)) continue;
    if (withoutEngine(before) === withoutEngine(config)) {
      return `${config.dataset}: ${describeEngine(before)}, now ${describeEngine(config)}`;
    }
  }
  return undefined;
}

function withoutEngine({ engine, backend, model, ...config }: ExperimentConfig): string {
  return configDigest(config);
}

function describeEngine({ engine = 'wasm', backend, model }: ExperimentConfig): string {
  return `${describeModel(model)} on ${backend ? `${engine} ${backend}` : engine}`;
}

/**
 * Find a package whose versions differ.
 *
 * @returns "@mixup/models 1.0.0, now 1.1.0", or undefined where none does
 */
export function changedPackage(then: Manifest, now: Manifest): string | undefined {
  const names = [...new Set([...Object.keys(then.packages), ...Object.keys(now.packages)])].sort();
  const name = names.find((name) => then.packages[name] !== now.packages[name]);
  return name && `${name} ${then.packages[name] ?? 'not there'}, now ${now.packages[name] ?? 'not there'}`;
}
