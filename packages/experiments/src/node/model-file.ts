/** Model files: modules of the user's whose default export makes a model. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModelFactory } from '@mixup/models/tfjs';
import type { ModelFile } from '../engine-choice.ts';

/**
 * Name a model file by what is in it, for a config.
 *
 * @param file from the working folder, or whole
 * @throws RangeError in one line when it can't be read
 */
export function describeModelFile(file: string): ModelFile {
  try {
    return { file, digest: createHash('sha256').update(readFileSync(file)).digest('hex') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new RangeError(`model ${file} can't be read: ${reason}`, { cause: error });
  }
}

/**
 * Load the factory of a model file. Its models are checked when they are made: they must take and give as many numbers as
 * the experiment has.
 *
 * @throws RangeError in one line when the file is another one now, can't be loaded, or has no function as its default export
 */
export async function loadModelFile({ file, digest }: ModelFile): Promise<ModelFactory> {
  if (describeModelFile(file).digest !== digest) {
    throw new RangeError(`model ${file} has changed since the experiment was made; begin another one`);
  }
  let factory: unknown;
  try {
    factory = (await import(pathToFileURL(resolve(file)).href)).default;
  } catch (error) {
    throw new RangeError(`model ${file} can't be loaded: ${firstLine(error)}`, { cause: error });
  }
  if (typeof factory !== 'function') {
    const got = factory === undefined ? 'no default export' : typeof factory;
    throw new RangeError(
      `model ${file} must export a function as its default, (tf, { shape, seed }) => model, got ${got}`,
    );
  }
  return (tf, options) => checkModel(file, (factory as ModelFactory)(tf, options), options.shape);
}

function checkModel<T extends ReturnType<ModelFactory>>(
  file: string,
  model: T,
  { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
): T {
  if (!(Array.isArray(model?.inputs) && Array.isArray(model.outputs))) {
    const hint = typeof (model as { then?: unknown })?.then === 'function' ? 'a promise' : typeof model;
    throw new RangeError(`model ${file} must return a tf.LayersModel, got ${hint}`);
  }
  const sizes = [model.inputs, model.outputs].map((tensors) =>
    tensors.map(({ shape }) => shape.slice(1).reduce<number>((product, size) => product * (size ?? NaN), 1)),
  );
  const [takes, gives] = sizes.map((list) => list.join(' and '));
  if (takes !== String(inputs) || gives !== String(outputs)) {
    model.dispose();
    throw new RangeError(
      `model ${file} must take rows of ${inputs} and give ${outputs} numbers, as shape says, got ${takes} and ${gives}`,
    );
  }
  return model;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] as string;
}
