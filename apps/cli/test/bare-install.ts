/** The program as npm installs it where there is no TensorFlow.js: copies of what ships, beside their dependencies. */
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = ['core', 'datasets', 'models', 'experiments'].map((name) => join('packages', name));

/**
 * @param folder an empty one outside the workspace
 * @returns the path of the program
 */
export function installBare(folder: string): string {
  const modules = join(folder, 'node_modules');
  for (const source of [...packages, 'apps/cli']) {
    const target = join(modules, '@mixup', source.split('/')[1] as string);
    for (const part of ['dist', 'bin', 'package.json']) {
      if (existsSync(join(root, source, part)))
        cpSync(join(root, source, part), join(target, part), { recursive: true });
    }
    linkDependencies(join(root, source, 'node_modules'), modules);
  }
  return join(modules, '@mixup/cli/bin/mixup.js');
}

/** Put packages of TensorFlow.js where the user's project has them. */
export function installTensorFlow(folder: string, names: readonly string[]): void {
  for (const name of names) {
    const target = join(folder, 'node_modules/@tensorflow', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(root, 'packages/models/node_modules/@tensorflow', name), target);
  }
}

function linkDependencies(from: string, to: string): void {
  for (const name of existsSync(from) ? readdirSync(from) : []) {
    if (name.startsWith('.') || ['@mixup', '@tensorflow'].includes(name)) continue;
    if (name.startsWith('@')) linkDependencies(join(from, name), join(to, name));
    else if (!existsSync(join(to, name))) {
      mkdirSync(to, { recursive: true });
      symlinkSync(join(from, name), join(to, name));
    }
  }
}
