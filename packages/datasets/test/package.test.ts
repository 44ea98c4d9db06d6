/** What ships: the build as a child process sees it, and the README. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import * as datasets from '../src/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** @returns the files of the build that a child process has loaded after `program`, as V8's coverage lists them */
function filesLoadedBy(program: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'mixup-datasets-'));
  try {
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: root,
      env: { ...process.env, NODE_V8_COVERAGE: folder },
      stdio: 'pipe',
    });
    const reports = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const urls = reports.flatMap(({ result }: { result: { url: string }[] }) => result.map(({ url }) => url));
    return urls.filter((url) => url.includes('/datasets/dist/')).map((url) => basename(url));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bytes = (file: string) => statSync(join(dist, file)).size;

describe('the build', () => {
  beforeAll(() => {
    expect(existsSync(join(dist, 'index.js')), 'dist is missing: run the build first').toBe(true);
  });

  const load = (names: string) => `
    const datasets = await import('@mixup/datasets');
    for (const name of ${names}) {
      const { digest, features, labels } = await datasets.loadDataset(name);
      if (datasets.datasetDigest(features, labels) !== digest) throw new Error(name);
    }`;

  test('importing the package loads no data, Iris loads less than 30 kB, and Digits comes in a chunk of its own', () => {
    const none = filesLoadedBy(load('[]'));
    const iris = filesLoadedBy(load("['iris']"));
    const both = filesLoadedBy(load("['iris', 'digits']"));
    const added = (files: string[], before: string[]) => files.filter((file) => !before.includes(file));
    expect(none).toContain('index.js');
    expect(added(iris, none)).toEqual([expect.stringMatching(/^iris-data/)]);
    expect(added(both, iris)).toEqual([expect.stringMatching(/^digits-data/)]);
    expect(iris.reduce((sum, file) => sum + bytes(file), 0)).toBeLessThan(30_000);
    // 1797 * 64 pixels: what those who stay with Iris are spared.
    expect(bytes(added(both, iris)[0] as string)).toBeGreaterThan(1797 * 64);
  });

  test('both data sets load where there is no Buffer, no process and no network, as in a page', () => {
    const page = `
      for (const name of ['Buffer', 'process', 'fetch', 'require', 'XMLHttpRequest', 'crypto']) delete globalThis[name];
      if (typeof Buffer !== 'undefined' || typeof fetch !== 'undefined') throw new Error('still there');`;
    // The import of the package is inside, after the names are gone.
    expect(filesLoadedBy(page + load("['iris', 'digits']"))).toHaveLength(3);
  });
});

const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('the README has a row for every export, and none for what is not there', () => {
  const table = readme.slice(readme.indexOf('| `@mixup/datasets`'), readme.indexOf('A data set is plain data'));
  const cells = [...table.matchAll(/^\| (`[a-z].*?) \|/gm)].map((match) => match[1] as string);
  const named = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)/g)].map((match) => match[1] as string));
  expect(named.sort()).toEqual(Object.keys(datasets).sort());
});

test("the README's rows are those that it says scikit-learn gives", async () => {
  const { labels } = await datasets.loadIris();
  const { test: rows } = datasets.trainTestSplit(150, { testSize: 0.2, randomState: 0, stratify: labels });
  const first = `[${rows.subarray(0, 5).join(', ')}]`;
  expect(readme).toContain(`test[:5]  # ${first}`);
  expect(readme).toContain(`console.log(test.subarray(0, 5)); // ${first}`);
});
