/** What the READMEs show runs as it stands, against what the build ships. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrows, root } from './source.ts';

/** @returns the TypeScript blocks of a Markdown text */
function typescriptBlocks(markdown: string): string[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => match[1] as string);
}

let folder: string;
beforeAll(() => {
  // Inside the workspace, so that the packages resolve as they do for those who have installed them.
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'readme-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const folders = ['.', ...Object.keys(arrows)].filter((folder) => existsSync(join(root, folder, 'package.json')));

describe.each(folders)('%s/README.md', (place) => {
  const blocks = typescriptBlocks(readFileSync(join(root, place, 'README.md'), 'utf8'));

  test('shows a use in TypeScript', () => {
    if (place.startsWith('packages/')) expect(blocks.length).toBeGreaterThan(0);
  });

  test.each(blocks.map((block, i) => [i + 1, block] as const))('block %i runs', (i, block) => {
    const { outputText } = ts.transpileModule(block, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const file = join(folder, `${place.replaceAll('/', '-')}-${i}.mjs`);
    writeFileSync(file, outputText);
    execFileSync(process.execPath, [file], { cwd: folder, stdio: 'pipe', timeout: 60_000 });
  });
});
