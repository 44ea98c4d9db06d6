/** Resuming: the command that goes on with an interrupted run. */

/**
 * Make the words that go on in a folder: the same ones, with `--out` for that folder.
 *
 * @param words what was typed after the program's name
 * @returns one line for a POSIX shell
 */
export function resumeCommand(words: readonly string[], out: string): string {
  const kept = words.filter((word, i) => !/^--out(=|$)/.test(word) && words[i - 1] !== '--out');
  return ['mixup', ...kept, '--out', out].map(quote).join(' ');
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
