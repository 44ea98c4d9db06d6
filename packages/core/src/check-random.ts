/** The first argument of all that draws: forgotten, it is told by name, not by what fails without it. */

/**
 * Check that a source is one.
 *
 * @param name what the error calls the caller
 * @throws TypeError when it is no function
 */
export function checkRandom(random: unknown, name: string): void {
  if (typeof random === 'function') return;
  const given = random === null ? 'null' : typeof random;
  throw new TypeError(
    `${name}: random, which comes first, must be a function that returns numbers in [0, 1), such as createRandom(0), got ${given}`,
  );
}
