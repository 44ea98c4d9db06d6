import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import './bin.ts';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/** What a built file loads at once, itself and through the files beside it. */
function loadedAtOnce(file: string, seen = new Set<string>()): Set<string> {
  const text = readFileSync(join(dist, file), 'utf8');
  for (const [, specifier = ''] of text.matchAll(/^(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]/gm)) {
    if (seen.has(specifier)) continue;
    seen.add(specifier);
    if (specifier.startsWith('./')) loadedAtOnce(specifier, seen);
  }
  for (const [, specifier = ''] of text.matchAll(/^import\s*['"]([^'"]+)['"]/gm)) seen.add(specifier);
  return seen;
}

test('the program starts with modules of Node and its own alone: help waits for nothing else', () => {
  const loaded = [...loadedAtOnce('main.js')];
  expect(loaded.length).toBeGreaterThan(0);
  expect(loaded.filter((specifier) => !specifier.startsWith('node:') && !specifier.startsWith('./'))).toEqual([]);
});
