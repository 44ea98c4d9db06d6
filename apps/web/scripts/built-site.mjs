/** The built site on a server of its own, and Chromium: for pictures and benches. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

/** @returns the browser, the site's address, and how to end both */
export async function openBuiltSite() {
  const server = await preview({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    preview: { host: '127.0.0.1', port: 0, strictPort: true },
  });
  const executablePath = process.env.MIXUP_CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  return {
    browser,
    url: `http://127.0.0.1:${server.httpServer.address().port}/`,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
