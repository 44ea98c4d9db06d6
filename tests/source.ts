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

/** @returns what a source imports, re-exports, loads late or requires */
export function importsOf(text: string): string[] {
  const files = ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
  return [...new Set([...files, ...requiredNames(parse(text))])];
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
}

/** @returns what is asked of a function that createRequire made, or of its resolve, under whatever name */
function requiredNames(file: ts.SourceFile): string[] {
  const makers = new Set(['createRequire']);
  const requires = new Set<string>();
  const names: string[] = [];
  const isMade = (node: ts.Node): boolean =>
    ts.isCallExpression(node) && makers.has(pathOf(node.expression)?.split('.').at(-1) ?? '');
  const asks = (callee: ts.Node): boolean =>
    isMade(callee) ||
    (ts.isIdentifier(callee) && requires.has(callee.text)) ||
    (ts.isPropertyAccessExpression(callee) && asks(bare(callee.expression)));
  const visit = (node: ts.Node) => {
    if (ts.isImportSpecifier(node) && node.propertyName?.text === 'createRequire') makers.add(node.name.text);
    if (ts.isVariableDeclaration(node) && node.initializer && isMade(bare(node.initializer))) {
      for (const name of boundNames(node.name)) requires.add(name);
    }
    if (ts.isCallExpression(node) && asks(bare(node.expression))) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteralLike(name)) names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

/** What reaches outside: chance, the clock, the process, the network. */
const outside = new Set(['Math.random', 'Date.now', 'Date', 'performance.now', 'process', 'fetch', 'crypto']);

/** What has some of it: used whole, under another name say, it can't be told what of it is taken. */
const holders = new Set(['Math', 'Date', 'performance']);

/** What has all of it. */
const globals = new Set(['globalThis', 'self', 'window', 'global']);

/** @returns each use of something outside, as "name:line" */
export function outsideUses(text: string): string[] {
  const file = parse(text);
  const uses: string[] = [];
  const report = (name: string, node: ts.Node) => {
    uses.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
  };
  const visit = (node: ts.Node): void => {
    // What a class extends is a value.
    if (ts.isInterfaceDeclaration(node) || (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node))) return;
    if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
      const path = pathOf(node.initializer);
      if (path !== undefined && (holders.has(path) || globals.has(path))) {
        for (const name of takenFrom(path, node.name)) report(name, node);
        return;
      }
    }
    const name = isReference(node) ? pathOf(node) : undefined;
    if (name !== undefined && (outside.has(name) || (isWhole(node) && (holders.has(name) || globals.has(name))))) {
      report(name, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
}

/** @returns what a pattern takes from outside, a holder or a rest among it */
function takenFrom(path: string, pattern: ts.ObjectBindingPattern): string[] {
  return pattern.elements.flatMap(({ propertyName, name, dotDotDotToken }) => {
    const key = propertyName ?? name;
    if (dotDotDotToken || !(ts.isIdentifier(key) || ts.isStringLiteralLike(key))) return [path];
    const taken = memberOf(path, key.text);
    if (ts.isObjectBindingPattern(name)) return takenFrom(taken, name);
    return outside.has(taken) || holders.has(taken) || globals.has(taken) ? [taken] : [];
  });
}

/** @returns whether a node names a value: no name of a property, no part of a longer path */
function isReference(node: ts.Node): node is ts.Expression {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return true;
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  return !((ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node);
}

/** @returns whether a value is used as it is, and not for a property that has a name here */
function isWhole(node: ts.Node): boolean {
  let { parent } = node;
  let child = node;
  while (bare(parent) !== parent) [child, parent] = [parent, parent.parent];
  return !(
    (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) &&
    parent.expression === child &&
    pathOf(parent) !== undefined
  );
}

/** @returns the names that lead to a value, such as "Math.random", from whatever holds all globals; undefined for what is computed */
function pathOf(expression: ts.Node): string | undefined {
  const node = bare(expression);
  if (ts.isIdentifier(node)) return node.text;
  const isNamed = ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression);
  if (!ts.isPropertyAccessExpression(node) && !isNamed) return undefined;
  const path = pathOf(node.expression);
  const key = ts.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  return path === undefined ? undefined : memberOf(path, (key as ts.Identifier | ts.StringLiteralLike).text);
}

function memberOf(path: string, name: string): string {
  return globals.has(path) ? name : `${path}.${name}`;
}

/** @returns a value without the brackets and types around it */
function bare(node: ts.Node): ts.Node {
  const isWrapped =
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node);
  return isWrapped ? bare(node.expression) : node;
}
