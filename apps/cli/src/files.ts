/** Files: the folder of a run, opened for what is to be computed. */
import { createManifest, type ManifestInput } from '@mixup/experiments';
import { openRunDirectory, type RunDirectory } from '@mixup/experiments/node';
import { failure, usageError } from './errors.ts';
import type { Machine } from './machine.ts';

export interface FilesInput {
  readonly experiments: ManifestInput['experiments'];
  readonly date: Date;
  readonly machine: Machine;
}

/**
 * Open the folder of a run: a new one, or that of an earlier run of the same experiments.
 *
 * @throws a usage error when the folder holds something else, a failure when it can't be written; all stays as it was
 */
export async function openFiles(path: string, { experiments, date, machine }: FilesInput): Promise<RunDirectory> {
  const manifest = createManifest({ createdAt: date.toISOString(), experiments, ...machine });
  try {
    return await openRunDirectory(path, { manifest });
  } catch (error) {
    const { message, cause } = error as Error;
    // Where the system refused there is its error below; else it is the wrong folder.
    const refused = cause instanceof Error && 'code' in cause;
    throw refused ? failure(message, error) : usageError(message, error);
  }
}
