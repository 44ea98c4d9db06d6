import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rooms } from '../src/shell/rooms.ts';
import { openSite, type Site, skip } from './site.ts';

/** A room is there when it has a head and is busy no more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'));
}

const names = Object.keys(rooms);

describe.skipIf(skip)('the shell', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  test('tabs are links that open their rooms, and the back button goes back', async () => {
    const page = await site.open();
    for (const { title } of Object.values(rooms).toReversed()) {
      const tab = page.getByRole('link', { name: title, exact: true });
      await tab.click();
      await expect.poll(() => tab.getAttribute('aria-current')).toBe('page');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => page.title()).toMatch(new RegExp(`^${title}: `));
    }
    await page.goBack();
    await expect.poll(() => page.title()).toMatch(new RegExp(`^${Object.values(rooms)[1]?.title}: `));
    await page.context().close();
  });

  test('a tab leads back to where its room was left', async () => {
    const page = await site.open('#/compare?v=1&trials=3&alpha=2');
    await page.getByRole('link', { name: 'Mix', exact: true }).click();
    await expect.poll(() => page.title()).toMatch(/^Mix: /);
    await page.getByRole('link', { name: 'Compare', exact: true }).click();
    await expect.poll(() => page.url()).toBe(`${site.url}#/compare?v=1&trials=3&alpha=2`);
    await page.context().close();
  });

  test.each(['attic', '__proto__', 'constructor', '..%2F..', '<img src=x>'])(
    'a room that is not there is told, and another one opens: %s',
    async (name) => {
      const page = await site.open(`#/${name}?v=1`);
      await page.getByRole('status').filter({ hasText: 'There is no room' }).waitFor();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.title()).toMatch(/^Mix: /);
      await page.context().close();
    },
  );

  test('the theme is the system’s until it is chosen, and the choice is kept', async () => {
    const page = await site.open('', { colorScheme: 'dark' });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await paper()).toBe('rgb(22, 24, 29)');
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect.poll(paper).toBe('rgb(255, 255, 255)');
    await page.reload();
    await expect.poll(paper).toBe('rgb(255, 255, 255)');
    await page.context().close();
  });

  test.each(names)('%s has nothing for axe to find, light or dark, wide or narrow', async (name) => {
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 1280],
      ['dark', 360],
    ] as const) {
      const viewport = { width, height: 900 };
      const page = await site.open(`#/${name}?v=1`, { colorScheme, viewport, reducedMotion: 'reduce' });
      await settled(page);
      // All that can be opened is looked at too.
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[]; passes: object[] }> } };
        interface Violation {
          readonly id: string;
          readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
        }
        const { violations, passes } = await axe.run();
        const lines = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
        );
        return { lines, passes: passes.length };
      });
      expect(found.lines, colorScheme).toEqual([]);
      expect(found.passes).toBeGreaterThan(15);
      await page.context().close();
    }
  });

  test.each(names)('%s has no horizontal scroll at 360 pixels', async (name) => {
    const page = await site.open(`#/${name}?v=1`, { viewport: { width: 360, height: 740 } });
    await settled(page);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    const { whole, seen } = await page.evaluate(() => ({
      whole: document.documentElement.scrollWidth,
      seen: document.documentElement.clientWidth,
    }));
    expect(whole).toBeLessThanOrEqual(seen);
    await page.context().close();
  });

  test('all that can be pressed is reached by Tab, and shows that it is', async () => {
    const page = await site.open('#/compare?v=1&trials=3');
    await settled(page);
    const reached = new Set<string>();
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const { activeElement } = document;
        if (!activeElement || activeElement === document.body) return undefined;
        const { outlineStyle } = getComputedStyle(activeElement);
        const all = [...document.querySelectorAll('a, button, input, select, summary')];
        return { at: all.indexOf(activeElement), outlineStyle };
      });
      if (!focus) break;
      expect(focus.outlineStyle).not.toBe('none');
      reached.add(String(focus.at));
    }
    const missed = await page.evaluate(
      (reached) => {
        const all = [...document.querySelectorAll<HTMLInputElement>('a, button, input, select, summary')];
        return all
          .filter((element, i) => !reached.includes(String(i)) && !element.disabled && element.checkVisibility())
          .map((element) => element.outerHTML);
      },
      [...reached],
    );
    expect(missed).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(skip)('without a network', () => {
  test('every room opens, and Compare computes, once the page was there', async () => {
    const site = await openSite();
    try {
      const page = await site.open('#/compare?v=1&trials=3');
      await page.evaluate(() => navigator.serviceWorker.ready);
      await site.stopServing();
      await expect(page.request.get(site.url)).rejects.toThrow();
      await page.goto(`${site.url}#/compare?v=1&trials=4&alpha=1`);
      await page.reload();
      await page.locator('[data-digest]').waitFor();
      await page.getByText('4 trials of 30 epochs · alpha 1').waitFor();
      for (const { title } of Object.values(rooms)) {
        await page.getByRole('link', { name: title, exact: true }).click();
        await expect.poll(() => page.title()).toMatch(new RegExp(`^${title}: `));
        await page.getByRole('heading', { level: 1 }).waitFor();
      }
    } finally {
      await site.close();
    }
  });
});
