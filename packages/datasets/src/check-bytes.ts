/** Bytes of a file, as parsers take them. */

/**
 * Check that bytes are a `Uint8Array`: a `Buffer` is one, an `ArrayBuffer` (of `fetch` and of `File`) is none.
 *
 * @param name what the error calls the caller
 * @throws TypeError for another thing
 */
export function checkBytes(bytes: Uint8Array, name: string): void {
  // By its tag: an array of another realm is no instance of this one's class.
  const kind = Object(bytes)[Symbol.toStringTag] as string | undefined;
  if (kind === 'Uint8Array') return;
  const hint = kind === 'ArrayBuffer' ? 'an ArrayBuffer; give new Uint8Array(buffer)' : (kind ?? typeof bytes);
  throw new TypeError(`${name}: bytes must be a Uint8Array, got ${hint}`);
}
