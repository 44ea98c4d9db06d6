/** TensorFlow.js packages as they are installed: beside this package, or in the project that runs. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A package that is there. */
export interface Installed {
  readonly folder: string;
  readonly version: string;
  /** Load it. Their ES modules can't be loaded by Node (imports without extensions), the CommonJS ones can. */
  load<T>(): T;
}

/** @returns undefined where the package is not installed */
export function findInstalled(name: string): Installed | undefined {
  for (const from of [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href]) {
    const require = createRequire(from);
    try {
      const manifest = require.resolve(`${name}/package.json`);
      const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
      return { folder: realpathSync(dirname(manifest)), version, load: <T>() => require(name) as T };
    } catch (error) {
      if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

/** @returns whether tfjs-node's compiled binding is there: its install script may have been blocked, or its host out of reach */
export function hasNativeBinding({ folder }: Installed): boolean {
  const library = join(folder, 'lib');
  if (!existsSync(library)) return false;
  return readdirSync(library).some((napi) => existsSync(join(library, napi, 'tfjs_binding.node')));
}
