/** Wrapping: a sentence over as many lines as it takes. */

/**
 * Break at spaces; a word that is wider than the line stands alone.
 *
 * @param width of a line in characters, indent included
 * @param indent before each line
 */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indent + word);
  }
  return lines.join('\n');
}
