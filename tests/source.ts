/** The sources of the workspace, read for what the structure tests ask of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** The packages and apps by folder, and the folders that each may import: the arrows of the design. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  'packages/core': [],
  'packages/datasets': ['packages/core'],
  'packages/models': ['packages/core'],
  'packages/experiments': ['packages/core', 'packages/datasets', 'packages/models'],
  'apps/cli': ['packages/core', 'packages/datasets', 'packages/models', 'packages/experiments'],
  'apps/web': ['packages/core', 'packages/datasets', 'packages/models', 'packages/experiments'],
};

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly sideEffects?: boolean;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

/** @returns every TypeScript file under a folder, by path from the root */
export function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** @returns what a source imports, re-exports or loads late */
export function importsOf(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
}

/** What reaches outside: chance, the clock, the process, the network. */
const outside = new Set(['Math.random', 'Date.now', 'Date', 'performance.now', 'process', 'fetch', 'crypto']);

/** @returns each use of something outside, as "name:line" */
export function outsideUses(text: string): string[] {
  const file = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
  const uses: string[] = [];
  const visit = (node: ts.Node) => {
    const name = nameOf(node);
    if (name && outside.has(name)) uses.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    return `${node.expression.text}.${node.name.text}`;
  }
  if (
    ts.isElementAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    ts.isStringLiteral(node.argumentExpression)
  ) {
    return `${node.expression.text}.${node.argumentExpression.text}`;
  }
  // An identifier that is a value, no property's name and no part of a type.
  if (!ts.isIdentifier(node)) return undefined;
  const { parent } = node;
  const isName = (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
  return isName || ts.isTypeReferenceNode(parent) || ts.isPropertySignature(parent) ? undefined : node.text;
}
