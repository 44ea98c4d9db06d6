/** Options: a misspelt name is told, not passed over. */

/**
 * Check that options are an object with no other names than those that are known. The core's own is not exported.
 *
 * @param name what the error calls the caller
 * @throws RangeError for another name; TypeError for what is no object
 */
export function checkOptions(options: unknown, known: readonly string[], name: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const got = Array.isArray(options) ? 'a list' : String(options);
    throw new TypeError(`${name}: options must be an object, got ${got}`);
  }
  for (const key in options) {
    if (!known.includes(key)) throw new RangeError(`${name}: options must be among ${known.join(', ')}, got ${key}`);
  }
}
