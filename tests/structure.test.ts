/** The structure of the workspace: arrows, edges, exports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { arrows, importsOf, outsideUses, readManifest, root, sourceFiles } from './source.ts';

const folders = Object.keys(arrows).filter((folder) => existsSync(join(root, folder, 'package.json')));
const packages = folders.filter((folder) => folder.startsWith('packages/'));
const folderOf = new Map(folders.map((folder) => [readManifest(folder).name, folder]));

/** Files at the edge, where the process, the disk and threads enter. Each is reached through a subpath of its own. */
const edges = [/^packages\/[a-z]+\/src\/node\//];

/** "@scope/name/sub" and "name/sub" to the package's name. */
const packageName = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** @returns the packages whose licences lie beside a build */
function bundledIn(dist: string): Set<string> {
  const files = existsSync(dist) ? readdirSync(dist).filter((name) => name.endsWith('licenses.txt')) : [];
  const texts = files.flatMap((name) => readFileSync(join(dist, name), 'utf8').split(/^-{80}\n\n/m));
  return new Set(texts.map((text) => text.slice(0, text.indexOf(' '))));
}

function wrongArrows(folder: string, specifiers: readonly string[]): string[] {
  const allowed = arrows[folder] ?? [];
  return specifiers.filter((specifier) => {
    const target = folderOf.get(packageName(specifier));
    return target !== undefined && !allowed.includes(target);
  });
}

test('every folder under packages and apps has its place in the arrows', () => {
  const found = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  );
  expect(found.filter((folder) => !(folder in arrows))).toEqual([]);
});

test('a wrong arrow, a clock and a random number are seen by these tests', () => {
  expect(wrongArrows('packages/core', importsOf("export { x } from '@mixup/models/testing';"))).toEqual([
    '@mixup/models/testing',
  ]);
  expect(wrongArrows('packages/datasets', importsOf("const { x } = await import('@mixup/experiments');"))).toHaveLength(
    1,
  );
  expect(outsideUses('const x = Math.random() + Date.now();')).toEqual(['Math.random:1', 'Date.now:1', 'Date:1']);
  expect(outsideUses("Math['random'](); process.env; await fetch(url); new Date()")).toHaveLength(4);
  expect(outsideUses('const o = { process: 1 }; o.process; type T = Date;')).toEqual([]);
});

test.each([
  ['const { random } = Math;', ['Math.random:1']],
  ['const { random: draw, ...rest } = Math;', ['Math.random:1', 'Math:1']],
  ['const M = Math; M.random();', ['Math:1']],
  ['Reflect.get(Math, key);', ['Math:1']],
  ['Math[key]();', ['Math:1']],
  ['(Math as Chance).random();', ['Math.random:1']],
  ['Math?.random();', ['Math.random:1']],
  ['const { now } = performance;', ['performance.now:1']],
  ['const clock = performance;', ['performance:1']],
  ['const Clock = Date;', ['Date:1']],
  ['class Clock extends Date {}', ['Date:1']],
  ['globalThis.Date.now();', ['Date.now:1', 'Date:1']],
  ['globalThis.process.env;', ['process:1']],
  ['globalThis.globalThis.process;', ['process:1']],
  ['self.fetch(u);', ['fetch:1']],
  ['window.crypto;', ['crypto:1']],
  ["globalThis['fetch'](u);", ['fetch:1']],
  ["(globalThis as Page)['Math'].random();", ['Math.random:1']],
  ['globalThis[`fetch`](u);', ['fetch:1']],
  ['globalThis[name](u);', ['globalThis:1']],
  ['const g = globalThis; g.fetch(u);', ['globalThis:1']],
  ['const { fetch: load } = globalThis;', ['fetch:1']],
  ['const { Math: { random } } = globalThis;', ['Math.random:1']],
  ['const { Math: M } = globalThis;', ['Math:1']],
])('%s is seen to reach outside', (text, uses) => {
  expect(outsideUses(text)).toEqual(uses);
});

test.each([
  'const { floor } = Math; Math.floor(1); Math["PI"];',
  'const { WebAssembly } = globalThis as { WebAssembly?: Api }; globalThis.WebAssembly; globalThis["atob"]("")',
  'interface Edge { fetch: typeof fetch; now(): Date; self: typeof globalThis }',
  'plan.random(); plan.Math; plan["process"]; x.self.fetch;',
])('%s is seen to stay inside', (text) => {
  expect(outsideUses(text)).toEqual([]);
});

test.each([
  "createRequire(import.meta.url)('@mixup/models');",
  "module.createRequire(here)('@mixup/models');",
  "const load = createRequire(import.meta.url); load('@mixup/models');",
  "const { resolve } = createRequire(import.meta.url); resolve('@mixup/models');",
  'createRequire(here).resolve(`@mixup/models`);',
  "import { createRequire as make } from 'node:module'; const load = make(here); load.resolve('@mixup/models');",
])('%s is seen to import', (text) => {
  expect(wrongArrows('packages/core', importsOf(text))).toEqual(['@mixup/models']);
});

describe.each(folders)('%s', (folder) => {
  const manifest = readManifest(folder);
  const files = sourceFiles(join(folder, 'src'));
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });

  test('imports only along the arrows', () => {
    const wrong = files.flatMap((file) =>
      wrongArrows(folder, importsOf(readFileSync(join(root, file), 'utf8'))).map(
        (specifier) => `${file} -> ${specifier}`,
      ),
    );
    expect(wrong).toEqual([]);
    expect(wrongArrows(folder, declared)).toEqual([]);
  });

  test('imports only what its package.json declares, and no file outside src', () => {
    const wrong = files.flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8'))
        .filter((specifier) =>
          specifier.startsWith('.')
            ? !resolve(root, file, '..', specifier).startsWith(join(root, folder, 'src'))
            : !specifier.startsWith('node:') && !declared.includes(packageName(specifier)),
        )
        .map((specifier) => `${file} -> ${specifier}`),
    );
    // What the build bundles is declared for development only; packages say so in their licences.
    const forDevelopment = Object.keys((manifest as { devDependencies?: object }).devDependencies ?? {});
    const bundled = bundledIn(join(root, folder, 'dist'));
    const allowed = folder.startsWith('apps/') ? forDevelopment : forDevelopment.filter((name) => bundled.has(name));
    expect(wrong.filter((line) => !allowed.includes(packageName(line.split(' -> ')[1] as string)))).toEqual([]);
  });

  test('hands on the optional peers of the packages that it depends on', () => {
    // Else a strict package manager hides them from the package that asks for them; what is private asks for itself.
    const names = manifest.private ? [] : Object.keys(manifest.dependencies ?? {});
    for (const name of names) {
      const below = folderOf.get(name);
      if (!below) continue;
      const { peerDependencies = {}, peerDependenciesMeta = {} } = readManifest(below);
      expect(manifest.peerDependencies ?? {}, name).toMatchObject(peerDependencies);
      expect(manifest.peerDependenciesMeta ?? {}, name).toMatchObject(peerDependenciesMeta);
    }
  });

  test('ships every file that its exports and bin name', () => {
    const targets = Object.values(manifest.exports ?? {}).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    const named = [...targets, ...Object.values(manifest.bin ?? {})];
    // What is private is not installed by anyone.
    expect(named.length > 0).toBe(manifest.private !== true);
    expect(named.filter((target) => !existsSync(join(root, folder, target)))).toEqual([]);
    expect(named.filter((target) => !manifest.files?.includes(target.split('/')[1] as string))).toEqual([]);
  });
});

describe.each(packages)('%s as a library', (folder) => {
  const files = sourceFiles(join(folder, 'src'));
  const inner = files.filter((file) => !edges.some((edge) => edge.test(file)));

  test('touches no chance, clock, process or network outside its edge files', () => {
    const uses = inner.flatMap((file) =>
      outsideUses(readFileSync(join(root, file), 'utf8')).map((use) => `${file}: ${use}`),
    );
    expect(uses).toEqual([]);
  });

  test('imports nothing of Node outside its edge files', () => {
    const nodes = inner.filter((file) =>
      importsOf(readFileSync(join(root, file), 'utf8')).some((specifier) => specifier.startsWith('node:')),
    );
    expect(nodes).toEqual([]);
  });

  test('has one index, names what it exports, and has no side effect at import', () => {
    expect(files.filter((file) => file.endsWith('index.ts'))).toEqual([`${folder}/src/index.ts`]);
    const loose = files.filter((file) => /^export (\*|default)/m.test(readFileSync(join(root, file), 'utf8')));
    expect(loose).toEqual([]);
    expect(readManifest(folder).sideEffects).toBe(false);
  });
});
