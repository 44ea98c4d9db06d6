/** Errors as a person sees them: one line that says what is wrong and what to do, and an exit code. */
import { getSystemErrorMap } from 'node:util';

/** What the process ends with. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

/** An error whose message is meant for a person as it stands. */
export interface ToldError extends Error {
  readonly exitCode: number;
}

/** Make an error about the command itself: what was typed can't be done, and nothing was begun. */
export function usageError(message: string, cause?: unknown): ToldError {
  return told(message, exitCodes.usage, cause);
}

/** Make an error about the world: the command is fine, and something it needs is not. */
export function failure(message: string, cause?: unknown): ToldError {
  return told(message, exitCodes.failed, cause);
}

/** Why the system refused, without the code and the path that Node's own message has: "no space left on device". */
export function reasonOf(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return (errno !== undefined && getSystemErrorMap().get(errno)?.[1]) || message;
}

function told(message: string, exitCode: number, cause: unknown): ToldError {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { exitCode });
}

/**
 * Say what happened in one line.
 *
 * @param error anything that was thrown
 */
export function explain(error: unknown): { readonly line: string; readonly exitCode: number } {
  if (!(error instanceof Error)) return { line: oneLine(String(error)), exitCode: exitCodes.failed };
  if ('exitCode' in error && typeof error.exitCode === 'number') {
    return { line: oneLine(error.message), exitCode: error.exitCode };
  }
  return { line: oneLine(error.message), exitCode: exitCodes.failed };
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
