import { expect, test } from 'vitest';
import { createPool, extendPool, generateState } from '../src/seed-sequence.ts';
import { readGolden } from './golden.ts';

interface Golden {
  readonly cases: readonly { entropy: number[]; spawnKey: number[]; size: number; state: number[] }[];
}

test("a pool gives the words of numpy.random.SeedSequence, with a spawn key and without, past the pool's size", () => {
  const { cases } = readGolden<Golden>('seed-sequence');
  expect(cases.length).toBeGreaterThan(100);
  for (const { entropy, spawnKey, size, state } of cases) {
    const pool = extendPool(createPool(entropy), spawnKey);
    expect(generateState(pool, size), `entropy ${entropy}, key ${spawnKey}`).toEqual(state);
    // A fork of a fork mixes its own words alone.
    const half = spawnKey.length >> 1;
    const forked = extendPool(extendPool(createPool(entropy), spawnKey.slice(0, half)), spawnKey.slice(half));
    expect(generateState(forked, size), `entropy ${entropy}, key ${spawnKey} in two`).toEqual(state);
  }
});
