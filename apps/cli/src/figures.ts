/** Figures: numbers as people read them. */

/** "86.2 %" of 0.862 */
export function percent(fraction: number): string {
  return `${tenths(fraction)} %`;
}

/** "[84.0, 88.4]" in percent; nothing where there is one trial only. */
export function percentRange([low, high]: readonly [number | null, number | null]): string {
  return low === null || high === null ? '' : `[${tenths(low)}, ${tenths(high)}]`;
}

/** "12 s", "2 min 10 s", "1 h 5 min", rounded up: nobody minds to be done early. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 10) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "1 trial", "20 trials" */
export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function tenths(fraction: number): string {
  // No "-0.0".
  return (Math.round(fraction * 1000) / 10 + 0).toFixed(1);
}
