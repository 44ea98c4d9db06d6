/** What the READMEs show type-checks and runs as it stands, against what the build ships. */
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

/**
 * What `tsc --init` writes into a new project, but for noUncheckedIndexedAccess, by which examples would have to assert
 * that the elements they read are there.
 */
const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUncheckedSideEffectImports: true,
  moduleDetection: ts.ModuleDetectionKind.Force,
  skipLibCheck: true,
};

const places = ['.', ...Object.keys(arrows)].filter((place) => existsSync(join(root, place, 'package.json')));
const blocksOf = new Map(
  places.map((place) => [place, typescriptBlocks(readFileSync(join(root, place, 'README.md'), 'utf8'))]),
);

let folder: string;
let program: ts.Program;
beforeAll(() => {
  // Inside the workspace, so that the packages resolve as they do for those who have installed them.
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'readme-'));
  for (const [place, blocks] of blocksOf) {
    for (const [i, block] of blocks.entries()) writeFileSync(fileOf(place, i + 1), block);
  }
  // One program for all of them: the libraries are read once.
  program = ts.createProgram(
    places.flatMap((place) => (blocksOf.get(place) ?? []).map((_, i) => fileOf(place, i + 1))),
    options,
  );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (place: string, block: number) =>
  join(folder, `${place === '.' ? 'root' : place.replaceAll('/', '-')}-${block}.mts`);

describe.each(places)('%s/README.md', (place) => {
  const blocks = blocksOf.get(place) ?? [];

  test('shows a use in TypeScript', () => {
    if (place.startsWith('packages/')) expect(blocks.length).toBeGreaterThan(0);
  });

  test.each(blocks.map((_, i) => i + 1))(
    'block %i has the types of a strict project',
    (i) => {
      const file = program.getSourceFile(fileOf(place, i));
      const wrong = ts.getPreEmitDiagnostics(program, file);
      expect(file).toBeDefined();
      expect(wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
    },
    60_000,
  );

  test.each(blocks.map((block, i) => [i + 1, block] as const))('block %i runs', (i, block) => {
    const { outputText } = ts.transpileModule(block, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const file = fileOf(place, i).replace(/mts$/, 'mjs');
    writeFileSync(file, outputText);
    execFileSync(process.execPath, [file], { cwd: folder, stdio: 'pipe', timeout: 60_000 });
  });
});
