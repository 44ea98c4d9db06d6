import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatLink, parseAddress, parseQuery } from '../src/link/link.ts';
import { dab, fullInk, setPixel } from '../src/mix/drawing.ts';
import { fields } from '../src/mix/settings.ts';
import { openSite, type Site, skip } from './site.ts';

test('a drawing that became a link comes back the same', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: fullInk }), { minLength: 64, maxLength: 64 }), (pixels) => {
      const drawing = pixels.some((ink) => ink > 0) ? pixels : [];
      const { query } = parseAddress(formatLink('mix', fields, { ...parseQuery(fields, '').values, drawing }));
      expect(parseQuery(fields, query)).toMatchObject({ values: { drawing }, problems: [] });
    }),
  );
});

test('a dab inks its pixel and shades those beside it, not those across an edge', () => {
  const drawing = dab([], 7);
  expect([drawing[7], drawing[6], drawing[15], drawing[8]]).toEqual([fullInk, 5, 5, 0]);
  expect(drawing.filter((ink) => ink > 0)).toHaveLength(3);
  expect(setPixel(setPixel([], 3, 99), 3, -1)).toEqual([]);
});

describe.skipIf(skip)('one’s own drawing in the Mix room', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  const drawingOf = (page: Page) => parseQuery(fields, new URL(page.url()).hash.split('?')[1] ?? '').values.drawing;
  const mine = (page: Page) => page.getByRole('img', { name: 'Your drawing of a 4' });

  test('it is drawn by mouse, is the first of the pair, and one step back is one stroke', async () => {
    const page = await site.open('#/mix?v=1&drawn=4');
    await page.getByText('Draw one yourself').click();
    const pad = page.getByRole('grid', { name: 'Drawing pad, 8 by 8 pixels' });
    await pad.scrollIntoViewIfNeeded();
    const { x, y, width } = (await pad.boundingBox()) as { x: number; y: number; width: number };
    const at = (column: number, row: number) =>
      [x + ((column + 0.5) * width) / 8, y + ((row + 0.5) * width) / 8] as const;
    await page.mouse.move(...at(3, 1));
    await page.mouse.down();
    await page.mouse.move(...at(3, 5), { steps: 12 });
    await page.mouse.up();
    await mine(page).waitFor();
    const drawing = drawingOf(page);
    for (const row of [1, 2, 3, 4, 5]) expect(drawing[8 * row + 3]).toBe(fullInk);
    expect(drawing[8 * 3 + 7]).toBe(0);
    expect(await page.getByRole('spinbutton', { name: 'First digit, by its row' }).isDisabled()).toBe(true);
    await page.goBack();
    await page.getByRole('img', { name: 'A handwritten 3' }).waitFor();
    expect(drawingOf(page)).toEqual([]);
    await page.context().close();
  });

  test('it is drawn by keys alone, named, and wiped', async () => {
    const page = await site.open('#/mix?v=1');
    await page.getByText('Draw one yourself').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('+');
    await page.getByRole('gridcell', { name: 'row 2, column 2: ink 16 of 16' }).waitFor();
    await page.getByRole('gridcell', { name: 'row 3, column 2: ink 4 of 16' }).waitFor();
    expect(drawingOf(page).flatMap((ink, i) => (ink > 0 ? [[i, ink]] : []))).toEqual([
      [9, 16],
      [17, 4],
    ]);
    await page.getByLabel('What it is').selectOption('4');
    await mine(page).waitFor();
    await page.getByRole('button', { name: 'Wipe it' }).press('Enter');
    await page.getByRole('img', { name: 'A handwritten 3' }).waitFor();
    expect(await page.getByRole('grid').isVisible()).toBe(true);
    await page.context().close();
  });

  test('it is drawn by finger without the page moving', async () => {
    const page = await site.open('#/mix?v=1&drawn=4', { hasTouch: true, viewport: { width: 360, height: 740 } });
    await page.getByText('Draw one yourself').tap();
    const pad = page.getByRole('grid');
    await pad.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    const { x, y, width } = (await pad.boundingBox()) as { x: number; y: number; width: number };
    const touch = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', row?: number) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: row === undefined ? [] : [{ x: x + width / 2 + 4, y: y + ((row + 0.5) * width) / 8 }],
      });
    await send('touchStart', 1);
    for (const row of [2, 3, 4, 5, 6]) await send('touchMove', row);
    await send('touchEnd');
    await mine(page).waitFor({ state: 'attached' });
    await expect.poll(() => drawingOf(page)[8 * 6 + 4]).toBe(fullInk);
    expect(await page.evaluate(() => scrollY)).toBe(before);
    await page.context().close();
  });
});
