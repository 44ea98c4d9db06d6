/** What follows `mixup augment`: from what was typed to a request, or to one line that says what is wrong with it. */
import { usageError } from './errors.ts';

export interface TypedAugmentOptions {
  readonly target?: string;
  readonly ratio?: string;
  readonly alpha?: string;
  readonly out?: string;
  readonly seed?: string;
  readonly task?: string;
  readonly labels?: string;
  readonly categorical?: string;
  readonly missing?: string;
  readonly reservoir?: string;
  readonly delimiter?: string;
  readonly quiet?: boolean;
}

export interface AugmentRequest {
  /** A path, or - for stdin. */
  readonly file: string;
  readonly target: string;
  /** Mixed rows for each row of the file. */
  readonly ratio: number;
  readonly alpha: number;
  /** A path, or - for stdout. */
  readonly out: string;
  readonly seed: number;
  readonly task: 'auto' | 'classification' | 'regression';
  readonly labels: 'soft' | 'hard';
  readonly categorical: readonly string[];
  /** Texts that stand for a missing value, beside the empty one. */
  readonly marks: readonly string[];
  /** What is written for a missing value. */
  readonly mark: string;
  /** Rows to keep for partners; where nothing is said, as many as there is room for. */
  readonly reservoir: number | undefined;
  readonly delimiter: string;
  readonly quiet: boolean;
}

const usualMarks = ['NA', 'N/A', 'null', 'NULL', '?'];

/** @throws a usage error with one line */
export function parseAugmentOptions(files: readonly string[], typed: TypedAugmentOptions): AugmentRequest {
  const [file, ...more] = files;
  if (!file) throw usageError('no file given; for instance: mixup augment data.csv --target label -o out.csv');
  if (more.length > 0) throw usageError(`augment takes one file, got ${files.join(', ')}`);
  if (!typed.target) throw usageError('--target must name the column to predict; for instance --target label');
  // By that name a pipe can be opened, and a socket can't.
  const out = typed.out === undefined || typed.out === '/dev/stdout' ? '-' : typed.out;
  if (out === '') throw usageError('--out must name a file, or - for stdout, got ""');
  const delimiter = typed.delimiter === '\\t' || typed.delimiter === 'tab' ? '\t' : (typed.delimiter ?? ',');
  if ([...delimiter].length !== 1 || delimiter === '"') {
    throw usageError(`--delimiter must be one character, or tab, got "${delimiter}"`);
  }
  const given = listOf(typed.missing);
  return {
    file,
    target: typed.target,
    ratio: decimal('--ratio', typed.ratio ?? '1', 0, 1000),
    alpha: decimal('--alpha', typed.alpha ?? '0.2', 0, 1e4),
    out,
    seed: integer('--seed', typed.seed ?? '0', 0, Number.MAX_SAFE_INTEGER),
    task: choice('--task', typed.task ?? 'auto', ['auto', 'classification', 'regression']),
    labels: choice('--labels', typed.labels ?? 'soft', ['soft', 'hard']),
    categorical: listOf(typed.categorical),
    marks: [...usualMarks, ...given],
    mark: given[0] ?? '',
    reservoir: typed.reservoir === undefined ? undefined : integer('--reservoir', typed.reservoir, 2, 10_000_000),
    delimiter,
    quiet: typed.quiet ?? false,
  };
}

function listOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').map((name) => name.trim());
}

function choice<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === text);
  if (found === undefined) throw usageError(`${name} must be ${choices.join(' or ')}, got "${text}"`);
  return found;
}

function decimal(name: string, text: string, least: number, most: number): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw usageError(`${name} must be a number in [${least}, ${most}], got "${text}"`);
}

function integer(name: string, text: string, least: number, most: number): number {
  const value = /^\+?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw usageError(`${name} must be an integer in [${least}, ${most}], got "${text}"`);
}
