import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mixupRun, runCode } from './command.ts';
import { openSite, type Site, skip } from './site.ts';

/** The digest of all trials, which is there once they are. */
async function digestOf(page: Page): Promise<string | null> {
  const digest = page.locator('[data-digest]');
  await digest.waitFor({ timeout: 60_000 });
  return digest.getAttribute('data-digest');
}

/** What a button downloads. */
async function download(page: Page, press: () => Promise<void>): Promise<{ name: string; path: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: file.suggestedFilename(), path: await file.path() };
}

describe.skipIf(skip)('the Compare room', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  test('a link has the trials of the command line, to the bit, and its JSON and SVG, to the byte', async () => {
    const words = [
      'iris',
      '--trials',
      '7',
      '--alpha',
      '0.7',
      '--seed',
      '3',
      '--protocol',
      'rigorous',
      '--hidden',
      '16',
    ];
    const command = mixupRun(words);
    // Two device pixels per pixel, as Plot moves lines by half a pixel where there is one.
    const page = await site.open('#/compare?v=1&trials=7&alpha=0.7&seed=3&protocol=rigorous&hidden=16', {
      deviceScaleFactor: 2,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    expect(await digestOf(page)).toBe(command.digest);

    const json = await download(page, () => page.getByRole('button', { name: 'Download JSON' }).click());
    expect(json.name).toBe('summary.json');
    expect(readFileSync(json.path, 'utf8')).toBe(command.json);
    const svg = await download(page, () => page.getByRole('button', { name: 'SVG' }).first().click());
    expect(svg.name).toBe('iris.svg');
    expect(readFileSync(svg.path, 'utf8')).toBe(command.svg);
    const png = await download(page, () => page.getByRole('button', { name: 'PNG' }).first().click());
    const [signature, size] = [readFileSync(png.path).subarray(1, 4), readFileSync(png.path).readUInt32BE(16)];
    expect([signature.toString(), size]).toEqual(['PNG', 1440]);

    const copied = async (name: string, beginning: RegExp) => {
      await page.getByRole('button', { name }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(beginning);
      return page.evaluate(() => navigator.clipboard.readText());
    };
    const copiedWords = (await copied('Copy as command', /^npx mixup run /)).split(' ');
    expect(mixupRun(copiedWords.slice(3)).digest).toBe(command.digest);
    const { verdict } = JSON.parse(command.json).experiments[0];
    expect(runCode(await copied('Copy as code', /^\/\/ npm i /))).toBe(`${verdict}\n`);
    await page.context().close();
  });

  test('alpha by keyboard trains again what mixes, and the whole is still the command line’s', async () => {
    const page = await site.open('#/compare?v=1&trials=5');
    const first = await digestOf(page);
    const slider = page.getByRole('slider', { name: 'Alpha' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toContain('alpha=0.3');
    await page.getByText('alpha 0.3 ·').waitFor();
    await expect.poll(async () => (await digestOf(page)) !== first).toBe(true);
    expect(await digestOf(page)).toBe(mixupRun(['iris', '--trials', '5', '--alpha', '0.3']).digest);
    await page.context().close();
  });

  test('Digits runs with progress and can be stopped; what is finished is shown, and counted', async () => {
    const page = await site.open('#/compare?v=1&dataset=digits&trials=80&epochs=10');
    const status = page.getByText(/\d+ of 80 trials/);
    await expect.poll(() => status.first().textContent(), { timeout: 30_000 }).toMatch(/^([2-9]|\d\d) of 80/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/^Stopped after \d+ of 80 trials/).waitFor();
    await page.getByRole('button', { name: 'Run' }).waitFor();
    expect(await page.getByRole('button', { name: 'Download JSON' }).isDisabled()).toBe(true);
    await page.context().close();
  });

  test('an experiment of minutes waits for the button', async () => {
    const page = await site.open('#/compare?v=1&dataset=digits&trials=500&epochs=300');
    await page.getByText('Not computed yet.').waitFor();
    expect(page.workers()).toEqual([]);
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('0 of 500 trials').waitFor();
    await page.context().close();
  });

  test('a worker that is killed is replaced and told of, and the figures are the same', async () => {
    const link = '#/compare?v=1&dataset=digits&trials=40&epochs=10';
    const page = await site.open(link);
    await page.getByText(/[1-9]\d* of 40 trials/).waitFor();
    const [worker] = page.workers();
    await worker?.evaluate(() => (globalThis as unknown as { close(): void }).close());
    await page.getByText('A worker was ended from outside.').waitFor();
    const digest = await digestOf(page);
    const words = ['digits', '--trials', '40', '--epochs', '10'];
    expect(digest).toBe(mixupRun(words).digest);
    await page.context().close();
  });

  test('training is no work of the page: it starts no WebAssembly, and answers while workers train', async () => {
    const page = await site.browser.newPage();
    await page.addInitScript(() => {
      const own = { started: 0 };
      Object.assign(window, { kernels: own });
      for (const name of ['instantiate', 'compile', 'instantiateStreaming', 'compileStreaming'] as const) {
        Object.assign(WebAssembly, { [name]: () => Promise.reject(new Error(`${name} no. ${++own.started}`)) });
      }
    });
    await page.goto(`${site.url}#/compare?v=1&dataset=digits&trials=80&epochs=10`);
    await page.getByText(/[1-9]\d* of 80 trials/).waitFor();
    const delays = await page.evaluate(async () => {
      const delays: number[] = [];
      for (let i = 0; i < 100; i++) {
        const asked = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 10));
        delays.push(performance.now() - asked - 10);
      }
      return delays.sort((a, b) => a - b);
    });
    expect(await page.getByText(/\d+ of 80 trials/).count()).toBeGreaterThan(0);
    expect(page.workers().length).toBeGreaterThan(0);
    expect(await page.evaluate(() => (window as unknown as { kernels: { started: number } }).kernels.started)).toBe(0);
    // Of most answers: single ones may wait for another process of a busy machine.
    expect(delays[50]).toBeLessThan(50);
    console.log(`the page answers within ${delays[50]?.toFixed(1)} ms (median), ${delays[99]?.toFixed(1)} ms (worst)`);
    await page.close();
  });

  test('what a link asks for in vain is told in one line, and the default stands in for it', async () => {
    const page = await site.open('#/compare?v=1&alpha=<script>alert(1)</script>&trials=3');
    await page
      .getByRole('status')
      .filter({ hasText: 'alpha must be a number in [0, 64], got "<script>alert(1)</script>"; 0.2 is used.' })
      .waitFor();
    expect(await digestOf(page)).toBe(mixupRun(['iris', '--trials', '3']).digest);
    await page.context().close();
  });

  test('an experiment that the data can’t give is told, and the page lives on', async () => {
    const page = await site.open('#/compare?v=1&mix=61&trials=3');
    await page.getByText('mixSize must be at most 60 for iris').waitFor();
    await page.getByRole('checkbox', { name: /^append/ }).uncheck();
    await page.getByRole('checkbox', { name: /^duplicate/ }).uncheck();
    await page.getByText(/^Batch (is|beats|falls)/).waitFor();
    expect(await page.getByText('can’t be done').count()).toBe(0);
    await page.context().close();
  });

  test('the back button goes to before a drag, not into it', async () => {
    const page = await site.open('#/compare?v=1&trials=3');
    const box = await page.getByRole('slider', { name: 'Alpha' }).boundingBox();
    if (!box) throw new Error('the slider is not on the page');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    for (let step = 1; step <= 10; step++) await page.mouse.move(box.x + box.width / 2 + 10 * step, y);
    await page.mouse.up();
    await expect.poll(() => page.url()).toMatch(/alpha=\d/);
    await page.goBack();
    await expect.poll(() => page.url()).toBe(`${site.url}#/compare?v=1&trials=3`);
    await page.goForward();
    await expect.poll(() => page.url()).toMatch(/alpha=\d/);
    await page.context().close();
  });

  test('each figure has its data as a table', async () => {
    const page = await site.open('#/compare?v=1&trials=3&epochs=4');
    await digestOf(page);
    for (const [index, rows] of [4, 4].entries()) {
      const figure = page.getByRole('figure').nth(index);
      await figure.getByText('Show the data').click();
      await expect.poll(() => figure.locator('tbody tr').count()).toBe(rows);
    }
    await page.context().close();
  });
});
