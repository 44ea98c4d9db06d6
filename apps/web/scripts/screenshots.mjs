/**
 * Pictures of the playground for docs/, from the built site in Chromium: `node scripts/screenshots.mjs [room …]`.
 *
 * A room is waited for until it says that it is done: its `main` holds no `[aria-busy=true]`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

/** What is pictured, by room. */
const shots = {
  compare: { hash: '#/compare?v=1&trials=200&arms=baseline,append,duplicate', height: 1180 },
};

const root = fileURLToPath(new URL('..', import.meta.url));
const out = process.env.MIXUP_SCREENSHOTS ?? fileURLToPath(new URL('../../../docs', import.meta.url));
mkdirSync(out, { recursive: true });

const server = await preview({
  root,
  configFile: false,
  logLevel: 'error',
  preview: { host: '127.0.0.1', port: 0, strictPort: true },
});
const executablePath = process.env.MIXUP_CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : Object.keys(shots)) {
    const { hash, height } = shots[name];
    const page = await browser.newPage({
      viewport: { width: 1200, height },
      deviceScaleFactor: 1.5,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/${hash}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'));
    await page.screenshot({ path: `${out}/playground-${name}.png` });
    process.stdout.write(`${out}/playground-${name}.png\n`);
  }
} finally {
  await browser.close();
  await server.close();
}
