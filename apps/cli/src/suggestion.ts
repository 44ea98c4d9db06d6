/** Suggestions: what was meant by a name that is not there. */
import { closest, distance } from 'fastest-levenshtein';

/**
 * Say which name was meant, if any is near.
 *
 * @param name what was typed
 * @param names what there is
 * @returns "did you mean iris?", or the list of names where none is near
 */
export function suggest(name: string, names: readonly string[]): string {
  const nearest = closest(name.toLowerCase(), names);
  // Half of the letters may be wrong: "irsi" and "iriss" are iris, "mnist" is not.
  const near = distance(name.toLowerCase(), nearest) * 2 <= Math.max(name.length, nearest.length);
  return near ? `did you mean ${nearest}?` : `there are ${listed(names)}`;
}

/** "a, b and c" */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
