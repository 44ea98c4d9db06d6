/** Temporary files and folders: gone when they are done with, or when the process ends before that. */
import { rmSync } from 'node:fs';

/** What tells that the process ends. */
export interface ExitSource {
  on(event: 'exit', listener: () => void): unknown;
  off(event: 'exit', listener: () => void): unknown;
}

/**
 * Remove a file or a folder when the process ends, for one that ends by itself may hold what is nobody else's business.
 *
 * @returns removes it now, if it is still there
 */
export function removeAtExit(path: string, exits: ExitSource): () => void {
  // In one go: a process that ends waits for nothing.
  const remove = () => rmSync(path, { recursive: true, force: true });
  exits.on('exit', remove);
  return () => {
    exits.off('exit', remove);
    remove();
  };
}
