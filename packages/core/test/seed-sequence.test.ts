import { expect, test } from 'vitest';
import { seedSequence } from '../src/seed-sequence.ts';
import { readGolden } from './golden.ts';

interface Golden {
  readonly cases: readonly { entropy: number[]; spawnKey: number[]; size: number; state: number[] }[];
}

test("seedSequence gives the words of numpy.random.SeedSequence, with a spawn key and without, past the pool's size", () => {
  const { cases } = readGolden<Golden>('seed-sequence');
  expect(cases.length).toBeGreaterThan(100);
  for (const { entropy, spawnKey, size, state } of cases) {
    expect(seedSequence(entropy, spawnKey, size), `entropy ${entropy}, key ${spawnKey}`).toEqual(state);
  }
});
