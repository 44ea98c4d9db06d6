/** Chromium for tests: no server and no network, the page is answered from here. */
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

/** Where it is, or undefined. */
export const executablePath = process.env.MIXUP_CHROMIUM ?? which('chromium');

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
  // WebGPU without a graphics card: computed in software, where the browser brings that.
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

function which(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/**
 * Run an expression in a page of localhost, as digests need a secure origin.
 *
 * @param files by path: scripts as text, WebAssembly as bytes
 */
export async function evaluateInChromium(files: Record<string, string | Buffer>, expression: string): Promise<unknown> {
  const browser = await chromium.launch({ executablePath: executablePath as string, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.route('**/*', (route) => {
      const body = files[new URL(route.request().url()).pathname];
      if (body === undefined) {
        return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>models</title>' });
      }
      const contentType = typeof body === 'string' ? 'text/javascript' : 'application/wasm';
      return route.fulfill({ contentType, body });
    });
    await page.goto('http://localhost/');
    return await page.evaluate(expression);
  } finally {
    await browser.close();
  }
}
