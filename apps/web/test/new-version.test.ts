import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type Site, skip } from './site.ts';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

const buildOf = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLMetaElement>('meta[name=build]')?.content);
const caches = (page: Page) => page.evaluate(() => globalThis.caches.keys());
const notice = (page: Page) => page.getByText('There is a new version of this page.');

/** The page is served by its service worker. */
async function settled(page: Page): Promise<void> {
  await page.locator('[data-digest]').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

describe.skipIf(skip)('a new version of the site', () => {
  let folder: string;
  let site: Site;
  let builds = 0;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mixup-site-'));
    cpSync(dist, folder, { recursive: true });
    site = await openSite({ folder });
  });
  afterAll(async () => {
    await site?.close();
    rmSync(folder, { recursive: true });
  });

  /** Put another build in the place of the one that is served. */
  const deploy = (): string => {
    const [, before] = /name="build" content="(\w+)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8')) ?? [];
    if (!before) throw new Error('index.html names no build');
    const after = String(++builds).padStart(16, '0');
    for (const name of ['index.html', 'service-worker.js']) {
      const path = join(folder, name);
      const text = readFileSync(path, 'utf8');
      expect(text, name).toContain(before);
      writeFileSync(path, text.replaceAll(before, after));
    }
    return after;
  };

  test('is told of in the page that is open, forces nothing, and comes with a press of Reload; the link stays', async () => {
    const page = await site.open('#/compare?v=1&trials=3&alpha=0.7');
    await settled(page);
    expect(await notice(page).count()).toBe(0);
    const first = await buildOf(page);
    const second = deploy();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await notice(page).waitFor();
    expect(await buildOf(page)).toBe(first);
    expect(await caches(page)).toHaveLength(2);

    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
    await settled(page);
    expect(await buildOf(page)).toBe(second);
    expect(page.url()).toBe(`${site.url}#/compare?v=1&trials=3&alpha=0.7`);
    await page.getByText('alpha 0.7 ·').waitFor();
    expect(await notice(page).count()).toBe(0);
    expect(await caches(page)).toEqual([`mixup-playground-${second}`]);
    await page.context().close();
  });

  test('that is opened right away is not told of, and takes the place of the old one’s files in silence', async () => {
    const page = await site.open('#/compare?v=1&trials=3');
    await settled(page);
    const newest = deploy();
    await page.reload();
    await settled(page);
    expect(await buildOf(page)).toBe(newest);
    // The browser looks for a new service worker when it has nothing else to do.
    await expect.poll(() => caches(page), { timeout: 20_000 }).toEqual([`mixup-playground-${newest}`]);
    expect(await notice(page).count()).toBe(0);
    await page.context().close();
  });

  test('is told of in every tab that is older, also when another one has reloaded', async () => {
    const page = await site.open('#/compare?v=1&trials=3');
    await settled(page);
    const other = await page.context().newPage();
    await other.goto(`${site.url}#/compare?v=1&trials=4`);
    await settled(other);
    deploy();
    await other.reload();
    await notice(page).waitFor();
    await settled(other);
    expect(await notice(other).count()).toBe(0);
    await page.context().close();
  });
});
