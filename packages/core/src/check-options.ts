/** Options: a misspelt name is told, not passed over. */

/**
 * Check that options have no other names than those that are known.
 *
 * @param options what was given, undefined for none
 * @param name what the error calls the caller
 * @throws RangeError for another name; TypeError for what is no object
 */
export function checkOptions(options: unknown, known: readonly string[], name: string): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`${name}: options must be an object, got ${options}`);
  }
  for (const key in options) {
    if (!known.includes(key)) throw new RangeError(`${name}: options must be among ${known.join(', ')}, got ${key}`);
  }
}
