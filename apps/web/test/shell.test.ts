import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type Site, skip } from './site.ts';

describe.skipIf(skip)('the shell', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  test('tabs are links that open their rooms, and the back button goes back', async () => {
    const page = await site.open();
    for (const name of ['Train', 'Compare', 'Mix']) {
      const tab = page.getByRole('link', { name, exact: true });
      await tab.click();
      await expect.poll(() => tab.getAttribute('aria-current')).toBe('page');
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.title()).toMatch(new RegExp(`^${name}: `));
    }
    await page.goBack();
    await expect.poll(() => page.title()).toMatch(/^Compare: /);
    await page.context().close();
  });

  test('a room that is not there is told, and another one opens', async () => {
    const page = await site.open('#/attic?v=1');
    await page.getByRole('status').filter({ hasText: 'There is no room "attic": this is Mix.' }).waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.context().close();
  });

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
});
