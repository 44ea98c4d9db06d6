/** Resuming: the command that goes on with an interrupted run. */
import { flag, type TypedOptions } from './options.ts';

/**
 * Make the command that goes on in a folder: the same data sets and flags, with `--out` for that folder.
 *
 * @param typed as it was understood: words have more forms (`-oa`, `--out=a`, `-qo a`) than anybody remembers here
 * @returns one line for a POSIX shell
 */
export function resumeCommand(names: readonly string[], typed: TypedOptions, out: string): string {
  const flags = Object.entries({ ...typed, out: undefined }).flatMap(([key, value]) =>
    value === undefined ? [] : value === true ? [flag(key)] : [flag(key), String(value)],
  );
  return ['mixup', 'run', ...names, ...flags, '--out', out].map(quote).join(' ');
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
