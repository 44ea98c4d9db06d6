/** Folders: where the files of a run go when nobody says. */

/**
 * Name a folder by time and data sets, without characters that some file system refuses.
 *
 * @returns "mixup-runs/2026-11-23T16-05-00.000Z-iris-digits"
 */
export function defaultFolder(date: Date, datasets: readonly string[]): string {
  const time = date.toISOString().replaceAll(':', '-');
  return ['mixup-runs', [time, ...datasets].join('-')].join('/');
}
