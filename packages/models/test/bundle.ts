/** The package as one file with no imports left, for engines that know nothing of packages. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defaultServerConditions } from 'vite';

/**
 * @param entry what to bundle, from this folder
 * @returns the path of the bundle, and how to be rid of it
 */
export async function bundleModels(entry = '../src/index.ts'): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'mixup-models-'));
  await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@mixup/source', ...defaultServerConditions] },
    build: {
      outDir: folder,
      lib: {
        entry: fileURLToPath(new URL(entry, import.meta.url)),
        formats: ['es'],
        fileName: () => 'models.mjs',
      },
    },
  });
  return { path: join(folder, 'models.mjs'), remove: () => rm(folder, { recursive: true }) };
}
