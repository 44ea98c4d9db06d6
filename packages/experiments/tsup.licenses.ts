/** The licences of what is bundled: a file beside the bundle that names each package, its version and its terms. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve as resolvePath } from 'node:path';
import type { Options } from 'tsup';

/**
 * Write the licences of all that a build takes out of node_modules.
 *
 * @param file to write
 * @param bundles packages that come as bundles of what they depend on, which is listed too, in the versions that are installed
 */
export function licenses(
  file: string,
  bundles: readonly string[] = [],
): NonNullable<Options['esbuildPlugins']>[number] {
  return {
    name: 'licenses',
    setup: ({ initialOptions, onEnd }) => {
      initialOptions.metafile = true;
      onEnd(({ metafile }) => {
        const inputs = Object.keys(metafile?.inputs ?? {});
        const own = inputs.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
        if (own.length === 0) throw new Error(`${file}: there must be packages that are bundled, got none`);
        const inside = own.filter((folder) => bundles.some((name) => folder.endsWith(`/${name}`)));
        const folders = new Set([...own, ...inside.flatMap((folder) => dependenciesOf(folder))]);
        const texts = new Map([...folders].map((folder) => licenceOf(folder, file)));
        const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
        // The first build of all ends before there is a folder for it.
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, sorted.join(`\n${'-'.repeat(80)}\n\n`));
      });
    },
  };
}

/** All that a package depends on, as folders. */
function dependenciesOf(folder: string, found = new Set<string>()): string[] {
  const { resolve } = createRequire(resolvePath(folder, 'package.json'));
  const { dependencies = {} } = readPackage(folder);
  for (const name of Object.keys(dependencies)) {
    let at = dirname(resolve(name));
    while (!existsSync(join(at, 'package.json')) || readPackage(at).name !== name) at = dirname(at);
    if (found.has(at)) continue;
    found.add(at);
    dependenciesOf(at, found);
  }
  return [...found];
}

function licenceOf(folder: string, file: string): [name: string, text: string] {
  const { name, version } = readPackage(folder);
  const licence = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!licence) throw new Error(`${file}: ${name} must have a licence file`);
  return [`${name} ${version}`, `${name} ${version}\n\n${readFileSync(join(folder, licence), 'utf8').trim()}\n`];
}

function readPackage(folder: string): { name: string; version: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
