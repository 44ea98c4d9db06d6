import { readdirSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import * as audit from '../src/audit.ts';
import * as conformance from '../src/conformance.ts';
import * as core from '../src/index.ts';
import * as methods from '../src/methods.ts';
import * as metrics from '../src/metrics.ts';
import * as numpy from '../src/numpy.ts';
import * as stream from '../src/stream.ts';
import * as table from '../src/table.ts';
import * as tfjs from '../src/tfjs.ts';
import { readGolden } from './golden.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the package depends on nothing', () => {
  const manifest = JSON.parse(read('../package.json'));
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    expect(Object.keys(manifest[kind] ?? {})).toEqual([]);
  }
  expect(manifest.sideEffects).toBe(false);
});

test('every import in src is a file beside it', () => {
  const files = readdirSync(new URL('../src', import.meta.url));
  for (const file of files) {
    const imports = [...read(`../src/${file}`).matchAll(/from '([^']+)'/g)].map((match) => match[1]);
    for (const path of imports)
      expect(
        files.map((name) => `./${name}`),
        file,
      ).toContain(path);
  }
});

test('importing the package draws nothing, fetches nothing and leaves no global behind', async () => {
  vi.resetModules();
  const spies = [vi.spyOn(Math, 'random'), vi.spyOn(crypto, 'getRandomValues'), vi.spyOn(globalThis, 'fetch')];
  const before = Object.getOwnPropertyNames(globalThis);
  const again = await import('../src/index.ts');
  await import('../src/methods.ts');
  await import('../src/numpy.ts');
  await import('../src/stream.ts');
  await import('../src/tfjs.ts');
  await import('../src/audit.ts');
  await import('../src/metrics.ts');
  await import('../src/table.ts');
  await import('../src/conformance.ts');
  // A module graph of its own, so that the import did run.
  expect(again.createRandom).not.toBe(core.createRandom);
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(before);
  for (const spy of spies) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});

test('the README has a row for every export, and none for what is not there', () => {
  const rows = [...read('../README.md').matchAll(/^\| (`.*?) \|/gm)].map((match) => match[1] as string);
  const named = new Set(rows.flatMap((row) => [...row.matchAll(/`(\w+)/g)].map((match) => match[1] as string)));
  expect([...named].sort()).toEqual(
    [core, audit, conformance, methods, metrics, numpy, stream, table, tfjs]
      .flatMap((entry) => Object.keys(entry))
      .sort(),
  );
});

test("the README's numbers are those of NumPy", () => {
  const { cases } = readGolden<{ cases: { name: string; steps: { values: number | number[] }[] }[] }>('random-state');
  const steps = cases.find(({ name }) => name === 'the README')?.steps ?? [];
  const [order, weights, normal] = steps.map(({ values }) => values);
  const shown = [
    `[${(order as number[]).join(', ')}]`,
    `[${(weights as number[]).map((value) => value.toFixed(8)).join(', ')}]`,
    `${normal}`,
  ];
  for (const text of shown) expect(read('../README.md')).toContain(`// ${text}`);
});
