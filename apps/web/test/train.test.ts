import { readFileSync } from 'node:fs';
import { createWasmEngine } from '@mixup/models';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseQuery } from '../src/link/link.ts';
import { traceZero } from '../src/train/contour.ts';
import type { Frame, History } from '../src/train/frame.ts';
import { pointsField, toPoint } from '../src/train/points-field.ts';
import { createSession } from '../src/train/session.ts';
import { type Experiment, fields, toExperiment } from '../src/train/settings.ts';
import { accuracySentence } from '../src/train/wording.ts';
import { trainOnSpirals } from './plane-training.ts';
import { openSite, type Site, skip } from './site.ts';

const defaults = toExperiment(parseQuery(fields, '').values);

async function frameAfter(epochs: number, settings: Partial<Experiment> = {}): Promise<Frame> {
  const session = await createSession(await createWasmEngine(), { ...defaults, ...settings });
  for (let i = 0; i < epochs; i++) session.step();
  return session.frame();
}

describe('an experiment in the plane', () => {
  test('alpha 0 mixes nothing: both networks are the same one', async () => {
    const { arms, onlyRight, mixed } = await frameAfter(5, { alpha: 0 });
    expect(arms.mixup).toEqual(arms.baseline);
    expect(onlyRight).toEqual({ baseline: 0, mixup: 0 });
    expect(mixed.every(({ x, y, from }) => x === from.x && y === from.y)).toBe(true);
  });

  test('a larger share of wrong labels replaces those of a smaller one and more, never one by itself', async () => {
    const [none, few, many] = await Promise.all(
      [0, 0.1, 0.3].map(async (wrong) => (await frameAfter(0, { problem: 'blobs', classes: 4, wrong })).scene.points),
    );
    const wrongIn = (points = none) => points?.flatMap(({ kind }, i) => (kind === 'wrong' ? [i] : [])) ?? [];
    expect([wrongIn(none), wrongIn(few), wrongIn(many)].map((rows) => rows.length)).toEqual([0, 10, 30]);
    expect(wrongIn(few).filter((row) => !wrongIn(many).includes(row))).toEqual([]);
    expect(wrongIn(many).filter((row) => many?.[row]?.label === none?.[row]?.label)).toEqual([]);
  });

  test('a mixed point lies between its two, and there are as many as a full batch has', async () => {
    const { mixed } = await frameAfter(1, { rows: 50, batch: 20 });
    expect(mixed).toHaveLength(20);
    expect((await frameAfter(1, { rows: 30, batch: 64 })).mixed).toHaveLength(30);
    for (const { x, y, lambda, from, to } of mixed) {
      expect(x).toBeCloseTo(lambda * from.x + (1 - lambda) * to.x, 12);
      expect(y).toBeCloseTo(lambda * from.y + (1 - lambda) * to.y, 12);
    }
  });

  test('training that diverges ends at the last epoch whose numbers are numbers', async () => {
    const { epoch, diverged, arms } = await frameAfter(9, { optimizer: 'sgd', rate: 10 });
    expect(diverged).toBeDefined();
    expect(epoch).toBeLessThan(9);
    const before = await frameAfter(epoch, { optimizer: 'sgd', rate: 10 });
    expect(arms).toEqual(before.arms);
    expect(Object.values(arms.mixup.history).flat().every(Number.isFinite)).toBe(true);
    expect(arms.baseline.surface.every(Number.isFinite)).toBe(true);
  });

  test('the sentence takes a side only where the difference is beyond two standard errors', async () => {
    const frame = await frameAfter(3);
    const says = (baseline: number, mixup: number) => accuracySentence({ ...frame, onlyRight: { baseline, mixup } });
    // d = 20 of b + c = 60: an error of sqrt(60 - 400 / 1000) = 7.7.
    expect(says(20, 40)).toContain('mixup is 2.0 points better here');
    expect(says(40, 20)).toContain('mixup is 2.0 points worse here');
    // d = 10 of b + c = 50: an error of 7.06.
    expect(says(20, 30)).toContain('1.0 points apart, no more than chance would give');
    expect(says(20, 20)).toContain('no difference');
  });
});

describe('added points', () => {
  test('a link gives back the points that it was made of', () => {
    const points = [toPoint(0.123, -1.987, 0), toPoint(99, -0.001, 3)];
    expect(points).toEqual([
      { x: 0.12, y: -1.99, label: 0 },
      { x: 20, y: 0, label: 3 },
    ]);
    expect(pointsField.format(points)).toBe('0.12,-1.99,0;20,0,3');
    expect(v.parse(pointsField.schema, pointsField.format(points))).toEqual(points);
    expect(v.parse(pointsField.schema, '')).toEqual([]);
  });

  test.each([
    '1,2',
    '1,2,4',
    '1,2,-1',
    '1,2,3,',
    'NaN,0,0',
    'Infinity,0,0',
    '1e1,0,0',
    '21,0,0',
    '0.125,0,0',
    '0,0,0;',
    ';',
    ' 0,0,0',
    '<b>,0,0',
    Array.from({ length: 61 }, () => '0,0,0').join(';'),
  ])('what is no list of points is refused: %j', (text) => {
    const { values, problems } = parseQuery(fields, new URLSearchParams({ points: text }).toString());
    expect(values.points).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/^points must be at most 60 points "x,y,class"/)]);
  });
});

test('a border is traced where a field is zero, to the accuracy of a straight line between places', () => {
  const size = 9;
  const at = (i: number) => [i % size, Math.floor(i / size)] as const;
  const plane = Float64Array.from({ length: size * size }, (_, i) => at(i)[0] + 2 * at(i)[1] - 11.3);
  const segments = traceZero(plane, size);
  expect(segments.length).toBeGreaterThan(size);
  for (const [x1, y1, x2, y2] of segments) {
    expect(x1 + 2 * y1).toBeCloseTo(11.3, 12);
    expect(x2 + 2 * y2).toBeCloseTo(11.3, 12);
  }
  // A saddle whose middle is below zero: each corner above is cut off by itself.
  expect(traceZero([1, -2, -2, 1], 2)).toEqual([
    [0, 1 / 3, 1 / 3, 0],
    [1, 2 / 3, 2 / 3, 1],
  ]);
});

describe.skipIf(skip)('the Train room', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  const epochOf = async (page: Page) => Number(await page.locator('[data-epoch]').getAttribute('data-epoch'));
  const isThere = (page: Page, epoch: number) => expect.poll(() => epochOf(page), { timeout: 30_000 }).toBe(epoch);
  const isBeyond = (page: Page, epoch: number) =>
    expect.poll(() => epochOf(page), { timeout: 30_000 }).toBeGreaterThan(epoch);
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const panel = (page: Page, name: string) => page.getByRole('application', { name: new RegExp(`^What the ${name}`) });
  const calm = { reducedMotion: 'reduce' } as const;

  interface Saved {
    readonly experiment: Experiment;
    readonly epoch: number;
    readonly baseline: History;
    readonly mixup: History;
  }
  async function save(page: Page): Promise<Saved> {
    const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Download JSON')]);
    expect(file.suggestedFilename()).toBe('training.json');
    return JSON.parse(readFileSync(await file.path(), 'utf8'));
  }

  test('it plays by itself, pauses at once, steps and resets, and the link goes along', async () => {
    const page = await site.open('#/train?v=1');
    await isBeyond(page, 5);
    await press(page, 'Pause');
    const paused = await epochOf(page);
    await expect.poll(() => page.url()).toMatch(new RegExp(`epoch=${paused}$`));
    // Three times as long as an epoch takes at this speed.
    await page.waitForTimeout(150);
    expect(await epochOf(page)).toBe(paused);
    await press(page, 'Step');
    await isThere(page, paused + 1);
    await expect.poll(() => page.url()).toMatch(new RegExp(`epoch=${paused + 1}$`));
    await press(page, 'Reset');
    await isThere(page, 0);
    await page.getByText('Nothing is trained yet').waitFor();
    expect(page.url()).not.toContain('epoch');
    await press(page, 'Play');
    await isBeyond(page, 1);
    await page.context().close();
  });

  test('accuracy rises: both networks learn moons to 90 % and more', async () => {
    const page = await site.open('#/train?v=1&wrong=0&epoch=60', calm);
    await isThere(page, 60);
    for (const name of ['baseline', 'mixup'] as const) {
      const accuracy = (await save(page))[name].heldOutAccuracy;
      expect(accuracy).toHaveLength(61);
      expect(accuracy[60]).toBeGreaterThan(0.9);
      expect(accuracy[60]).toBeGreaterThan((accuracy[0] as number) + 0.2);
    }
    await page.context().close();
  });

  test('a link restores everything, and its numbers are those of the packages in Node, to the bit', async () => {
    const link =
      '#/train?v=1&problem=spirals&classes=4&rows=120&noise=0.05&wrong=0.1&points=0.5,0.9,2;-0.25,0,1&alpha=0.4&hidden=24,12&rate=0.02&batch=32&seed=7&epoch=25';
    const page = await site.open(link, calm);
    await isThere(page, 25);
    const saved = await save(page);
    const settings = { classes: 4, rows: 120, noise: 0.05, wrong: 0.1, alpha: 0.4, rate: 0.02, batch: 32, seed: 7 };
    expect(saved.experiment).toMatchObject({ ...settings, problem: 'spirals', hidden: [24, 12], optimizer: 'adam' });
    const expected = await trainOnSpirals({
      ...settings,
      hidden: [24, 12],
      points: [
        [0.5, 0.9, 2],
        [-0.25, 0, 1],
      ],
      epochs: 25,
    });
    for (const name of ['baseline', 'mixup'] as const) expect(saved[name]).toMatchObject(expected[name]);
    await page.getByText('Show the data').first().click();
    const rows = page.getByRole('figure').first().locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(122);
    expect(await rows.last().locator('td').allTextContents()).toEqual(
      expect.arrayContaining(['-0.25', '0.00', 'arm 1', 'added']),
    );
    expect(page.url()).toBe(`${site.url}${link}`);
    await page.context().close();
  });

  test('with reduced motion nothing plays by itself, and the button still does', async () => {
    const page = await site.open('#/train?v=1', calm);
    await page.getByText('Nothing is trained yet').waitFor();
    // Ten times as long as an epoch takes at this speed.
    await page.waitForTimeout(500);
    expect(await epochOf(page)).toBe(0);
    await press(page, 'Play');
    await isBeyond(page, 2);
    await page.context().close();
  });

  test('a setting that is changed is seen at the same epoch, and the back button brings the old one back', async () => {
    const page = await site.open('#/train?v=1&epoch=40', calm);
    await isThere(page, 40);
    const before = await save(page);
    await page.getByRole('slider', { name: 'Alpha' }).press('ArrowRight');
    await expect.poll(() => page.url()).toContain('alpha=1.5');
    await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'));
    const after = await save(page);
    expect(after.epoch).toBe(40);
    expect(after.baseline).toEqual(before.baseline);
    expect(after.mixup).not.toEqual(before.mixup);
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('alpha');
    await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'));
    expect(await save(page)).toEqual(before);
    await page.context().close();
  });

  test('a slider that is dragged shows where it is before it is let go', async () => {
    const page = await site.open('#/train?v=1&epoch=60', calm);
    await isThere(page, 60);
    const finding = () => page.locator('figcaption').first().textContent();
    const before = await finding();
    const box = await page.getByRole('slider', { name: 'Alpha' }).boundingBox();
    if (!box) throw new Error('the slider is not on the page');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 8, y, { steps: 10 });
    await expect.poll(finding).not.toBe(before);
    await page.mouse.up();
    await page.waitForFunction(() => !document.querySelector('main [aria-busy=true]'));
    const { experiment, mixup } = await save(page);
    expect(page.url()).toContain(`alpha=${experiment.alpha}`);
    const { arms } = await frameAfter(60, { alpha: experiment.alpha });
    expect(mixup).toEqual(arms.mixup.history);
    await page.context().close();
  });

  test('points are added by keyboard, of the class that is chosen, and taken away again', async () => {
    const page = await site.open('#/train?v=1&epoch=5', calm);
    await isThere(page, 5);
    await panel(page, 'mixup').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowUp');
    await page.getByText(/^At -?\d+\.\d\d, -?\d+\.\d\d: baseline (above|below), \d+\s% sure; mixup/).waitFor();
    await page.keyboard.press('2');
    expect(await page.getByRole('radio', { name: 'below' }).isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toMatch(/points=-?[\d.]+,-?[\d.]+,1&/);
    await panel(page, 'baseline').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('1');
    await page.keyboard.press(' ');
    await expect.poll(() => page.url()).toMatch(/points=-?[\d.]+,-?[\d.]+,1;-?[\d.]+,-?[\d.]+,0&/);
    await page
      .getByRole('application', { name: /with 102 training points/ })
      .first()
      .waitFor();
    await page.keyboard.press('Backspace');
    await expect.poll(() => page.url()).toMatch(/points=-?[\d.]+,-?[\d.]+,1&/);
    await page.goBack();
    await press(page, 'Remove all 2');
    await expect.poll(() => page.url()).not.toContain('points');
    await page.context().close();
  });

  test('a click adds a point where it was made', async () => {
    const page = await site.open('#/train?v=1&epoch=3', calm);
    await isThere(page, 3);
    const canvas = panel(page, 'baseline');
    const box = await canvas.boundingBox();
    if (!box) throw new Error('the panel is not on the page');
    await canvas.click({ position: { x: box.width / 4, y: box.height / 4 } });
    await expect.poll(() => page.url()).toContain('points=');
    const [x = 0, y = 0] = (/points=([^&]+)/.exec(page.url())?.[1] ?? '').split(',').map(Number);
    const { scene } = await frameAfter(0);
    const [low, high] = scene.domain.x;
    const [bottom, top] = scene.domain.y;
    // Half a pixel of some 400, and half of a hundredth.
    expect(Math.abs(x - (low + (high - low) / 4))).toBeLessThan(0.02);
    expect(Math.abs(y - (top - (top - bottom) / 4))).toBeLessThan(0.02);
    await page.context().close();
  });

  test('hostile values are told in one line, and the room trains with the defaults', async () => {
    const page = await site.open('#/train?v=1&points=<script>&epoch=1e9&hidden=999999&rate=-1&problem=__proto__', calm);
    await page.getByRole('status').filter({ hasText: 'This link is not quite right: points must be' }).waitFor();
    await page.getByText('(and 4 more)').waitFor();
    await page.getByText('Nothing is trained yet').waitFor();
    await press(page, 'Step');
    await isThere(page, 1);
    await page.context().close();
  });

  test('a learning rate that is too large is told in one line, and no NaN is seen', async () => {
    const page = await site.open('#/train?v=1&optimizer=sgd&rate=10&epoch=50', calm);
    await page.getByText(/^The baseline diverged in epoch \d: its numbers grew beyond all bounds/).waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/NaN|Infinity|undefined/);
    expect(await page.getByRole('button', { name: 'Play' }).isDisabled()).toBe(true);
    // And with a smaller one the room goes on to where the link leads.
    const rate = page.getByRole('slider', { name: 'Learning rate' });
    await page.getByText('Network and training').click();
    for (let i = 0; i < 6; i++) await rate.press('ArrowLeft');
    await expect.poll(() => page.url()).not.toContain('rate=10');
    await isThere(page, 50);
    await page.context().close();
  });

  test('a worker that is killed is told of and replaced, and the numbers are the same', async () => {
    const page = await site.open('#/train?v=1&epoch=30', calm);
    await isThere(page, 30);
    const before = await save(page);
    const [worker] = page.workers();
    await worker?.evaluate(() => (globalThis as unknown as { close(): void }).close());
    await page.getByText('The worker was ended from outside.').waitFor();
    await press(page, 'Step');
    await isThere(page, 31);
    const after = await save(page);
    const cut = ({ heldOutLoss }: History) => heldOutLoss.slice(0, 31);
    expect([cut(after.baseline), cut(after.mixup)]).toEqual([before.baseline.heldOutLoss, before.mixup.heldOutLoss]);
    await page.context().close();
  });

  test('a worker that is killed while the room plays is replaced, and it plays on from where it was', async () => {
    const page = await site.open('#/train?v=1&speed=60');
    await isBeyond(page, 20);
    await page.workers()[0]?.evaluate(() => (globalThis as unknown as { close(): void }).close());
    const seen = await epochOf(page);
    await page.getByText('The worker was ended from outside.').waitFor();
    await isBeyond(page, seen + 20);
    await page.context().close();
  });

  test('the page answers while its networks train, and has no task longer than half a second', async () => {
    const page = await site.open('#/train?v=1&rows=400&hidden=128,128&speed=200');
    await expect.poll(() => epochOf(page), { timeout: 30_000 }).toBeGreaterThan(3);
    const { delays, tasks } = await page.evaluate(async () => {
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) =>
        tasks.push(...list.getEntries().map((entry) => entry.duration)),
      );
      observer.observe({ entryTypes: ['longtask'] });
      const delays: number[] = [];
      for (let i = 0; i < 100; i++) {
        const asked = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 10));
        delays.push(performance.now() - asked - 10);
      }
      observer.disconnect();
      return { delays: delays.sort((a, b) => a - b), tasks };
    });
    console.log(
      `train: answers within ${delays[50]?.toFixed(1)} ms (median), ${delays[99]?.toFixed(1)} ms (worst); longest task ${Math.max(0, ...tasks)} ms`,
    );
    expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(1);
    expect(delays[50]).toBeLessThan(50);
    // A drawing takes some milliseconds; the rest is the time that other processes have of a busy machine.
    expect(Math.max(0, ...tasks)).toBeLessThan(500);
    await page.context().close();
  });

  test('the pictures are drawn anew in the colours of the other theme', async () => {
    const page = await site.open('#/train?v=1&epoch=30', { ...calm, colorScheme: 'light' });
    await isThere(page, 30);
    const brightness = () =>
      page.locator('canvas').evaluateAll((canvases) =>
        (canvases as HTMLCanvasElement[]).map((canvas) => {
          const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
            0,
            0,
            canvas.width,
            canvas.height,
          );
          return data.reduce((sum, value, i) => sum + (i % 4 === 3 ? 0 : value), 0) / (0.75 * data.length);
        }),
      );
    await expect.poll(async () => Math.min(...(await brightness()))).toBeGreaterThan(160);
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect.poll(async () => Math.max(...(await brightness()))).toBeLessThan(110);
    await page.context().close();
  });

  test('each figure has its data as a table, of as many rows as there are epochs', async () => {
    const page = await site.open('#/train?v=1&epoch=12', calm);
    await isThere(page, 12);
    for (const [index, rows] of [100, 13, 13].entries()) {
      const figure = page.getByRole('figure').nth(index);
      await figure.getByText('Show the data').click();
      await expect.poll(() => figure.locator('tbody tr').count()).toBe(rows);
    }
    await page.context().close();
  });
});
