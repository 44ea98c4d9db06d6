/** Options: from what was typed to configs, or to one line that says what is wrong with it. */
import type { ExperimentConfig } from '@mixup/experiments';
import { arms, datasets, defaults, protocols } from './defaults.ts';
import { type EngineRequest, parseEngineOptions, type TypedEngineOptions } from './engine-options.ts';
import { usageError } from './errors.ts';
import { listed, suggest } from './suggestion.ts';

/** What follows `mixup run`, as typed: text, or nothing where the flag is absent. */
export interface TypedOptions extends TypedEngineOptions {
  readonly trials?: string;
  readonly seed?: string;
  readonly alpha?: string;
  readonly epochs?: string;
  readonly batchSize?: string;
  readonly mixSize?: string;
  readonly hidden?: string;
  readonly learningRate?: string;
  readonly arms?: string;
  readonly protocol?: string;
  readonly workers?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What to run, checked. */
export interface RunRequest {
  /** At least one, each of another data set; what the engine comes to is still to be written into them. */
  readonly configs: readonly ExperimentConfig[];
  readonly engine: EngineRequest;
  readonly workers: number | 'auto';
  readonly out: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** The schema's own check of a config: throws "config: <key> <rule>". */
export type ParseConfig = (input: unknown) => ExperimentConfig;

/** Threads beyond this only fight for the cores. */
export const mostWorkers = 256;

/**
 * Check what was typed.
 *
 * @param names the data sets
 * @param parseConfig that of @mixup/experiments, which is loaded late
 * @throws a usage error with one line: "--alpha must be >= 0 and finite, got -1; the article's is 0.2"
 */
export function parseRunOptions(names: readonly string[], typed: TypedOptions, parseConfig: ParseConfig): RunRequest {
  checkDatasets(names);
  const settings = {
    ...given('arms', typed.arms && parseArms(typed.arms), typed.arms),
    ...given('protocol', typed.protocol, typed.protocol),
    ...number('trials', typed.trials),
    ...number('seed', typed.seed),
    ...number('alpha', typed.alpha),
    ...number('epochs', typed.epochs),
    ...number('batchSize', typed.batchSize),
    ...number('mixSize', typed.mixSize),
    ...given('hidden', typed.hidden !== undefined && parseHidden(typed.hidden), typed.hidden),
    ...number('learningRate', typed.learningRate),
  };
  if (typed.arms === '') throw usageError(`--arms must name at least one of ${listed(Object.keys(arms))}, got ""`);
  if (typed.protocol !== undefined && !Object.hasOwn(protocols, typed.protocol)) {
    throw usageError(`unknown protocol "${typed.protocol}"; ${suggest(typed.protocol, Object.keys(protocols))}`);
  }
  const engine = parseEngineOptions(names, typed);
  if (typed.out === '') throw usageError('--out must name a folder, got ""');
  return {
    configs: names.map((dataset) => checked(parseConfig, { dataset, ...settings })),
    engine,
    workers: parseWorkers(typed.workers),
    out: typed.out,
    json: typed.json ?? false,
    quiet: typed.quiet ?? false,
  };
}

/** "--batch-size" for batchSize */
export function flag(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function checkDatasets(names: readonly string[]): void {
  const known = Object.keys(datasets);
  if (names.length === 0) throw usageError(`no data set given; name some: mixup run ${known.join(' ')}`);
  for (const [i, name] of names.entries()) {
    if (!known.includes(name)) throw usageError(`unknown data set "${name}"; ${suggest(name, known)}`);
    if (names.indexOf(name) < i) throw usageError(`${name} is given twice; name each data set once`);
  }
}

function parseArms(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  for (const [i, name] of names.entries()) {
    if (!Object.hasOwn(arms, name)) throw usageError(`unknown arm "${name}"; ${suggest(name, Object.keys(arms))}`);
    if (names.indexOf(name) < i) throw usageError(`--arms names ${name} twice; name each arm once`);
  }
  // In the order of reports, so that the same arms make the same experiment.
  return Object.keys(arms).filter((name) => names.includes(name));
}

function parseHidden(text: string): number[] {
  return text === 'none' ? [] : text.split(',').map((units) => decimal('hidden', units, text));
}

function parseWorkers(text = 'auto'): number | 'auto' {
  if (text === 'auto') return text;
  const workers = decimal('workers', text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= mostWorkers) return workers;
  throw usageError(`--workers must be auto or an integer in [1, ${mostWorkers}], got ${text}`);
}

function given(key: string, value: unknown, text: string | undefined): object {
  return text === undefined ? {} : { [key]: value };
}

function number(key: keyof typeof defaults, text: string | undefined): object {
  return text === undefined ? {} : { [key]: decimal(key, text) };
}

/** A decimal number and nothing else: `Number` alone takes "" for 0. */
function decimal(key: string, text: string, whole = text): number {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim())) return Number(text);
  throw usageError(
    `${flag(key)} must be ${key === 'hidden' ? 'a list of numbers' : 'a number'}, got "${whole}"; ${hint(key)}`,
  );
}

/** The schema's line in the words of the command line. */
function checked(parseConfig: ParseConfig, input: unknown): ExperimentConfig {
  try {
    return parseConfig(input);
  } catch (error) {
    const [, key, rule] = /^config: (\w+)(?:\.\d+)? (.*)$/s.exec(error instanceof Error ? error.message : '') ?? [];
    if (key === undefined) throw error;
    throw usageError(`${flag(key)} ${rule}; ${hint(key)}`, error);
  }
}

/** What to type where the value of a flag is refused. */
export function hint(key: string): string {
  switch (key) {
    case 'workers':
      return 'auto takes what there is';
    case 'hidden':
      return 'for instance --hidden 80, --hidden 80,40 or --hidden none';
    case 'seed':
      return `any seed up to ${Number.MAX_SAFE_INTEGER} will do, for instance --seed 0`;
    case 'mixSize':
      return `the article's is ${defaults.mixSize.iris} for iris, ${defaults.mixSize.digits} for digits`;
    case 'arms':
      return 'mixup run --help says what each of them does';
    case 'trials':
      return `the more, the narrower the intervals: ${defaults.trials} is the default`;
    default:
      return `the article's is ${defaults[key as 'alpha']}`;
  }
}
