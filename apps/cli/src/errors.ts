/** Errors as a person sees them: one line that says what is wrong and what to do, and an exit code. */

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
  const code = 'code' in error ? String(error.code) : '';
  const path = 'path' in error ? String(error.path) : 'the folder';
  return { line: oneLine(explainCode(code, path) ?? error.message), exitCode: exitCodes.failed };
}

/** What the operating system means by a code, and the way on; nothing for a code that is not about files. */
function explainCode(code: string, path: string): string | undefined {
  const elsewhere = 'choose another folder with --out DIR';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `no permission to write ${path}; ${elsewhere}`;
    case 'EROFS':
      return `${path} is on a read-only disk; ${elsewhere}`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${path} is in the way: a file stands where a folder is needed; ${elsewhere}`;
    case 'ENOENT':
      return `${path} cannot be made there; ${elsewhere}`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `no space left to write ${path}; free some, or ${elsewhere}`;
    default:
      return undefined;
  }
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
