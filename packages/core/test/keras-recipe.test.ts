/** The recipe of docs/keras.md, bundled as it stands: in Node, and in a browser. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;
let losses: number[];

beforeAll(async () => {
  const [, recipe] = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(join(root, 'docs/keras.md'), 'utf8')) ?? [];
  // Inside the package, so that its packages resolve.
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'keras-'));
  writeFileSync(join(folder, 'recipe.ts'), recipe as string);
  const src = (file: string) => join(root, 'src', file);
  for (const [name, ssr] of [
    ['browser', false],
    ['node', true],
  ] as const) {
    await build({
      configFile: false,
      logLevel: 'error',
      resolve: {
        alias: [
          { find: /^@mixup\/core\/tfjs$/, replacement: src('tfjs.ts') },
          { find: /^@mixup\/core$/, replacement: src('index.ts') },
        ],
      },
      ssr: { noExternal: true },
      build: {
        ssr,
        target: 'es2022',
        outDir: folder,
        emptyOutDir: false,
        lib: { entry: join(folder, 'recipe.ts'), formats: ['es'] },
        rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
      },
    });
  }
  const printed = execFileSync(process.execPath, [join(folder, 'node.mjs')], { encoding: 'utf8', stdio: 'pipe' });
  losses = JSON.parse(printed.trim().split('\n').at(-1) as string);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('in Node it learns: the loss of 20 epochs goes down', () => {
  expect(losses).toHaveLength(20);
  expect(losses.at(-1)).toBeLessThan(0.9 * (losses[0] as number));
});

test('in Node it does the same twice', () => {
  const printed = execFileSync(process.execPath, [join(folder, 'node.mjs')], { encoding: 'utf8', stdio: 'pipe' });
  expect(JSON.parse(printed.trim().split('\n').at(-1) as string)).toEqual(losses);
});

const all = process.env.MIXUP_REQUIRE_ALL === '1';
const executablePath = process.env.MIXUP_CHROMIUM ?? which('chromium');
function which(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
if (!executablePath && !all) {
  console.log('skipped: Chromium; install it (`apt-get install chromium`) or set MIXUP_CHROMIUM to its path');
}

test.skipIf(!executablePath && !all)('in Chromium it draws and trains the same', async () => {
  expect(executablePath, 'MIXUP_REQUIRE_ALL asks for Chromium: install it or set MIXUP_CHROMIUM').toBeTruthy();
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  const browser = await chromium.launch({
    executablePath: executablePath as string,
    args: [...args, '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const page = await browser.newPage();
    await page.route('**/*', (route) =>
      new URL(route.request().url()).pathname === '/browser.mjs'
        ? route.fulfill({ contentType: 'text/javascript', body: readFileSync(join(folder, 'browser.mjs'), 'utf8') })
        : route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>recipe</title>' }),
    );
    await page.goto('http://localhost/');
    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    await page.evaluate("import('/browser.mjs')");
    const seen: number[] = JSON.parse(lines.filter((line) => line.startsWith('[')).at(-1) as string);
    expect(seen).toHaveLength(20);
    // Engines may round exp and log otherwise: 1e-7 a step, over 80 steps.
    for (const [epoch, loss] of seen.entries()) expect(Math.abs(loss - (losses[epoch] as number))).toBeLessThan(1e-5);
  } finally {
    await browser.close();
  }
});
