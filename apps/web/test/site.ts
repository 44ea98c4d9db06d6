/** The built site on a server of its own, and Chromium to open it: shared by the tests of all rooms. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { preview } from 'vite';

/** Where Chromium is, or undefined. */
const executablePath = process.env.MIXUP_CHROMIUM ?? which('chromium');

/** Whether tests in Chromium must be left out: `test.skipIf(skip)`. Where all are required, they fail instead. */
export const skip = !executablePath && process.env.MIXUP_REQUIRE_ALL !== '1';
if (skip) console.log('skipped: Chromium; install it (`apt-get install chromium`) or set MIXUP_CHROMIUM to its path');

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

const root = fileURLToPath(new URL('..', import.meta.url));

function which(name: string): string | undefined {
  try {
    return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

export interface Site {
  /** Where the site is, with a slash at the end. */
  readonly url: string;
  readonly browser: Browser;
  /** Open an address of the site, in a profile of its own. Errors on the page fail `close()`. */
  open(hash?: string, options?: BrowserContextOptions): Promise<Page>;
  /** Stop serving, as when the network is gone. */
  stopServing(): Promise<void>;
  /** @throws Error that names what went wrong on any page without being caught */
  close(): Promise<void>;
}

interface SiteOptions {
  /** What to serve in place of `dist/`. */
  readonly folder?: string;
  /** Flags of Chromium beside those that it always gets. */
  readonly flags?: readonly string[];
}

/** Serve the built site and start Chromium. */
export async function openSite({ folder = `${root}dist`, flags = [] }: SiteOptions = {}): Promise<Site> {
  if (!executablePath) throw new Error('MIXUP_REQUIRE_ALL asks for Chromium: install it or set MIXUP_CHROMIUM');
  if (!existsSync(`${root}dist/index.html`))
    throw new Error('apps/web/dist is not there: build first (pnpm run build)');
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0, strictPort: true },
  });
  const address = server.httpServer.address();
  if (!address || typeof address === 'string') throw new Error('the preview server has no port');
  const url = `http://127.0.0.1:${address.port}/`;
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
  const errors: string[] = [];
  let serving = true;
  const stopServing = async () => {
    if (serving) await server.close();
    serving = false;
  };
  return {
    url,
    browser,
    open: async (hash = '', options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(`${hash}: ${error.stack ?? error.message}`));
      await page.goto(`${url}${hash}`);
      return page;
    },
    stopServing,
    close: async () => {
      await browser.close();
      await stopServing();
      if (errors.length > 0) throw new Error(`errors on pages:\n${errors.join('\n')}`);
    },
  };
}
