import { loadDigits } from '@mixup/datasets';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blendDigits } from '../src/mix/blend.ts';
import { countDraws, draws } from '../src/mix/draws.ts';
import { openSite, type Site, skip } from './site.ts';

test('the blend is the first digit at lambda 1, the second at 0, and half of both labels between', async () => {
  const digits = await loadDigits();
  const row = (at: number) => Array.from(digits.features.data.slice(64 * at, 64 * at + 64), (value) => value / 16);
  expect([...blendDigits(digits, 3, 17, 1).pixels]).toEqual(row(3));
  expect([...blendDigits(digits, 3, 17, 0).pixels]).toEqual(row(17));
  const { label } = blendDigits(digits, 3, 17, 0.5);
  expect(Array.from(label).filter((share) => share > 0)).toEqual([0.5, 0.5]);
  expect([digits.labels[3], digits.labels[17]].map((digit) => label[digit as number])).toEqual([0.5, 0.5]);
});

test('draws are all counted: at the ends for a small alpha, in the middle for a large one', () => {
  const ends = (alpha: number) => {
    const bins = countDraws(alpha);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(draws);
    return ((bins[0]?.count ?? 0) + (bins.at(-1)?.count ?? 0)) / draws;
  };
  // Beta(0.2, 0.2) leaves 2 F(0.05) = 0.5821 there, as scipy.stats.beta(0.2, 0.2).cdf(0.05) has it; 5 standard errors are 0.04.
  expect(Math.abs(ends(0.2) - 0.5821)).toBeLessThan(0.04);
  expect(ends(8)).toBe(0);
});

describe.skipIf(skip)('the Mix room', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  const shares = (page: Page) =>
    page.locator('[data-share]').evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-share'))));

  test('a link is a pair and its weight, and the label shows it', async () => {
    const page = await site.open('#/mix?v=1&first=3&second=17&lambda=0.25');
    await page.getByRole('img', { name: 'The blend: 0.25 of the 3 and 0.75 of the 7' }).waitFor();
    expect(await shares(page)).toEqual([0.25, 0.75]);
    await page.context().close();
  });

  test('the slider moves by keys, and the link, the blend and the label with it', async () => {
    const page = await site.open('#/mix?v=1&lambda=0.5');
    await page.getByRole('slider', { name: 'λ, the weight of the first' }).press('ArrowRight');
    await expect.poll(() => page.url()).toContain('lambda=0.51');
    await expect.poll(() => shares(page)).toEqual([0.51, 0.49]);
    await page.context().close();
  });

  test('another pair is the same other pair each time, and the back button brings the first one back', async () => {
    const page = await site.open('#/mix?v=1&first=3&second=17');
    const visit = async () => {
      await page.getByRole('button', { name: 'Another pair' }).click();
      await expect.poll(() => page.url()).not.toContain('first=3&');
      return page.url();
    };
    const other = await visit();
    await page.goBack();
    await page.getByRole('img', { name: /of the 3 and .* of the 7/ }).waitFor();
    expect(await visit()).toBe(other);
    await page.context().close();
  });
});
