/** What trains, as typed: checked for what does not go together before anything is loaded. */
import { backends, engineDefaults, engines, images, models } from './defaults.ts';
import { usageError } from './errors.ts';
import { suggest } from './suggestion.ts';

export interface TypedEngineOptions {
  readonly engine?: string;
  readonly backend?: string;
  readonly model?: string;
}

/** What is to train what. */
export interface EngineRequest {
  readonly engine: 'wasm' | 'tfjs';
  /** Nothing for the best one that is there. */
  readonly backend: keyof typeof backends | undefined;
  readonly model: keyof typeof models | { readonly file: string };
}

/**
 * Check engine, backend and model.
 *
 * @param names the data sets
 * @throws a usage error with one line: "--backend is for --engine tfjs, …"
 */
export function parseEngineOptions(names: readonly string[], typed: TypedEngineOptions): EngineRequest {
  const engine = named('engine', typed.engine ?? engineDefaults.engine, engines);
  const backend = typed.backend === undefined ? undefined : named('backend', typed.backend, backends);
  const model = parseModel(typed.model ?? engineDefaults.model);
  if (engine === 'wasm' && backend) {
    throw usageError(
      `--backend is for --engine tfjs, and --engine wasm has none, got ${backend}; leave one of them out`,
    );
  }
  if (engine === 'wasm' && model !== 'mlp') {
    throw usageError(
      `--engine wasm trains multilayer perceptrons alone, got --model ${typed.model}; leave --engine out, or say tfjs`,
    );
  }
  if (model === 'cnn' && backend === 'wasm') {
    throw usageError('--backend wasm has no gradients of convolutions, which --model cnn needs; take node or cpu');
  }
  const flat = names.find((name) => !(images as readonly string[]).includes(name));
  if (model === 'cnn' && flat !== undefined) {
    throw usageError(
      `--model cnn needs images, and the rows of ${flat} are none; for instance mixup run digits --model cnn`,
    );
  }
  const kernel = engine === 'wasm' || (engine === 'auto' && model === 'mlp' && !backend);
  return { engine: kernel ? 'wasm' : 'tfjs', backend, model };
}

function parseModel(text: string): EngineRequest['model'] {
  // A word is a name; what has a slash or an ending is a file.
  return /[/\\]|\.[cm]?js$/.test(text)
    ? { file: text }
    : named('model', text, models, '; a file is written as ./my-model.js');
}

function named<T extends object>(kind: string, name: string, known: T, more = ''): keyof T {
  if (Object.hasOwn(known, name)) return name as keyof T;
  throw usageError(`unknown ${kind} "${name}"; ${suggest(name, Object.keys(known))}${more}`);
}
