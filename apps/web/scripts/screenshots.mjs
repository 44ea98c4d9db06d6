/**
 * Pictures of the playground for docs/, from the built site in Chromium: `node scripts/screenshots.mjs [room …]`.
 *
 * A room is waited for until it says that it is done: its `main` holds no `[aria-busy=true]`.
 */
import { fileURLToPath } from 'node:url';
import { openBuiltSite } from './built-site.mjs';

/** What is pictured, by room. */
const shots = {
  mix: { hash: '#/mix?v=1', height: 1595 },
  train: { hash: '#/train?v=1&epoch=200', height: 1415 },
  compare: { hash: '#/compare?v=1&trials=200&arms=baseline,append,duplicate', height: 1180 },
};

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
const site = await openBuiltSite();
try {
  const names = process.argv.slice(2);
  for (const name of names.length > 0 ? names : Object.keys(shots)) {
    const { hash, height } = shots[name];
    const page = await site.browser.newPage({
      viewport: { width: 1200, height },
      deviceScaleFactor: 1.5,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    await page.goto(`${site.url}${hash}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'));
    await page.screenshot({ path: `${docs}/playground-${name}.png` });
    process.stdout.write(`docs/playground-${name}.png\n`);
  }
} finally {
  await site.close();
}
