/** Where the test runners of the workspace leave their results. */
import { existsSync, readdirSync } from 'node:fs';
import { root } from './pnpm.mjs';

/** @returns the result files that are there */
export function resultFiles() {
  const folders = ['packages', 'apps'].flatMap((group) =>
    readdirSync(new URL(group, root)).map((name) => new URL(`${group}/${name}/`, root)),
  );
  return [root, ...folders].map((folder) => new URL('test-results.json', folder)).filter((file) => existsSync(file));
}
