/** The files of the inner loops, and what they hold. */
export function tileFiles(): [URL, string][];
