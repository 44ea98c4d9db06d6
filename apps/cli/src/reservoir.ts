/** Reservoirs: a fair sample of rows of which nobody knows yet how many there are. */
import type { RandomSource } from '@mixup/core';

export interface Reservoir<T> {
  /** Offer the next item. */
  add(item: T): void;
  /** Each set of `size` items of those offered is equally likely; all of them where there are no more. */
  readonly items: readonly T[];
}

/**
 * Create a reservoir.
 *
 * @param size an integer >= 1
 * @see Vitter, "Random Sampling with a Reservoir", 1985, algorithm R
 */
export function createReservoir<T>(random: RandomSource, size: number): Reservoir<T> {
  const items: T[] = [];
  let offered = 0;
  return {
    items,
    add: (item) => {
      offered++;
      if (items.length < size) {
        items.push(item);
        return;
      }
      const at = Math.floor(random() * offered);
      if (at < size) items[at] = item;
    },
  };
}
