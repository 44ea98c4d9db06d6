import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { bundleModels } from './bundle.ts';
import golden from './golden/trainings.golden.json' with { type: 'json' };

const all = process.env.MIXUP_REQUIRE_ALL === '1';
const executablePath = process.env.MIXUP_CHROMIUM ?? which('chromium');

/** The flags that Debian's Chromium wants as root, without network chatter. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

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
it.skipIf(!executablePath && !all)(
  'six trainings of 30 epochs have the bits of the golden file in Chromium',
  async () => {
    expect(executablePath, 'MIXUP_REQUIRE_ALL asks for Chromium: install it or set MIXUP_CHROMIUM').toBeTruthy();
    const bundle = await bundleModels();
    const browser = await chromium.launch({ executablePath: executablePath as string, args: FLAGS });
    try {
      const files: Record<string, string> = {
        '/models.mjs': await readFile(bundle.path, 'utf8'),
        '/digest-program.mjs': await readFile(new URL('digest-program.mjs', import.meta.url), 'utf8'),
      };
      const page = await browser.newPage();
      // No server and no network: the page is answered from here. Of localhost, as digests need a secure origin.
      await page.route('**/*', (route) => {
        const body = files[new URL(route.request().url()).pathname];
        return body === undefined
          ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>models</title>' })
          : route.fulfill({ contentType: 'text/javascript', body });
      });
      await page.goto('http://localhost/');
      const result = await page.evaluate(`(async () => {
      const { digestTrainings } = await import('/digest-program.mjs');
      return digestTrainings(await import('/models.mjs'));
    })()`);
      expect(result).toEqual({ sha256: golden.sha256, losses: golden.losses });
    } finally {
      await browser.close();
      await bundle.remove();
    }
  },
);
