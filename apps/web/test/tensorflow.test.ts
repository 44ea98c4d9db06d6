import { readFileSync } from 'node:fs';
import type { TrialResult } from '@mixup/experiments';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mixupRun, runCode } from './command.ts';
import { openSite, type Site, skip } from './site.ts';

const experiment = 'trials=2&epochs=5&seed=4';
const finished = (page: Page) => page.locator('[data-digest]').waitFor({ timeout: 90_000 });
const record = (page: Page) => page.locator('[data-engine]').textContent();

/** The files of TensorFlow.js that a page has asked for, and all addresses that are not the site's. */
function watch(page: Page, { url }: Site) {
  const seen = { later: [] as string[], elsewhere: [] as string[] };
  page.context().on('request', (request) => {
    if (request.url().includes('/assets/later/')) seen.later.push(request.url());
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(url)) seen.elsewhere.push(request.url());
  });
  return seen;
}

/** What the page's download of trials has. */
async function trialsOf(page: Page): Promise<TrialResult[]> {
  await finished(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download trials' }).click(),
  ]);
  const lines = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

/**
 * Hold trials to those of the kernel, which start from the same weights and see the same batches.
 *
 * @param tolerance of losses, relative. An accuracy may differ by a row that lies on the border, and so by one row.
 */
function expectAgreement(trials: readonly TrialResult[], kernel: readonly TrialResult[], tolerance: number): void {
  expect(trials.map(({ trial }) => trial)).toEqual(kernel.map(({ trial }) => trial));
  for (const [i, one] of trials.entries()) {
    const other = kernel[i] as TrialResult;
    const rows = { training: one.trainRows, heldOut: one.heldOutRows };
    expect(Object.keys(one.arms)).toEqual(Object.keys(other.arms));
    for (const [name, arm] of Object.entries(one.arms)) {
      const same = other.arms[name as keyof typeof other.arms];
      expect(arm.steps).toBe(same?.steps);
      for (const part of ['training', 'heldOut'] as const) {
        expect(arm[part].loss).toHaveLength(5);
        for (const [epoch, loss] of arm[part].loss.entries()) {
          const [wantedLoss, wanted] = [same?.[part].loss[epoch], same?.[part].accuracy[epoch]] as [number, number];
          expect(Math.abs(loss - wantedLoss) / wantedLoss).toBeLessThan(tolerance);
          expect(Math.abs((arm[part].accuracy[epoch] as number) - wanted)).toBeLessThan(1.01 / rows[part]);
        }
      }
    }
  }
}

describe.skipIf(skip)('TensorFlow.js in the Compare room', () => {
  let site: Site;
  let kernel: TrialResult[];
  beforeAll(async () => {
    site = await openSite();
    const page = await site.open(`#/compare?v=1&${experiment}`);
    kernel = await trialsOf(page);
    await page.context().close();
  });
  afterAll(() => site?.close());

  test('is not asked for before it is chosen, comes from the site alone, and says what it runs on and why', async () => {
    const page = await site.open();
    const seen = watch(page, site);
    await page.goto(`${site.url}#/compare?v=1&${experiment}`);
    await finished(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    const kept = await page.evaluate(async () => {
      const addresses: string[] = [];
      for (const name of await caches.keys()) {
        for (const { url } of await (await caches.open(name)).keys()) addresses.push(url);
      }
      return addresses;
    });
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.filter((address) => address.includes('/later/'))).toEqual([]);
    expect(seen.later).toEqual([]);

    await page.getByLabel('Engine').selectOption('TensorFlow.js');
    await expect.poll(() => page.url()).toBe(`${site.url}#/compare?v=1&${experiment}&engine=tfjs`);
    await page.getByText('seed 4 · TensorFlow.js on wasm').waitFor({ timeout: 30_000 });
    expect(await record(page)).toMatch(
      /^tfjs on wasm, TensorFlow.js 4\.22\.0 \(webgpu: no adapter here; webgl: (in software here|no WebGL 2).*; wasm: /,
    );
    expectAgreement(await trialsOf(page), kernel, 1e-5);
    expect(seen.later.length).toBeGreaterThan(0);
    expect(seen.elsewhere).toEqual([]);

    await page.getByLabel('Engine').selectOption('WebAssembly kernel');
    await page.getByText('seed 4 · WebAssembly kernel').waitFor();
    expect(await trialsOf(page)).toEqual(kernel);
    await page.context().close();
  });

  // Sums in another order, which 30 epochs leave within 1e-5 (the conformance suite of @mixup/models).
  test('on the CPU backend has the kernel’s losses to 1e-5 and its accuracies to one row; Node has them too', async () => {
    const page = await site.open(`#/compare?v=1&${experiment}&engine=tfjs&backend=cpu`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const trials = await trialsOf(page);
    expect(trials[0]?.engine).toBe('tfjs-cpu');
    expectAgreement(trials, kernel, 1e-5);

    const copied = async (name: string) => {
      await page.getByRole('button', { name }).click();
      await page.getByText('Copied').waitFor();
      const text = await page.evaluate(() => navigator.clipboard.readText());
      await page.getByRole('button', { name }).waitFor();
      return text;
    };
    const command = await copied('Copy as command');
    expect(command).toMatch(/^npx mixup run iris .* --engine tfjs --backend cpu$/);
    const run = mixupRun(command.split(' ').slice(3));
    expectAgreement(run.trials, kernel, 1e-5);
    const { verdict } = JSON.parse(run.json).experiments[0];
    expect(runCode(await copied('Copy as code'))).toBe(`${verdict}\n`);
    await page.context().close();
  });

  // In software both round more coarsely than any card would.
  test('on WebGL has the kernel’s losses to 1 % and its accuracies to one row, and says that only browsers have it', async () => {
    const page = await site.open(`#/compare?v=1&${experiment}&engine=tfjs&backend=webgl`);
    const trials = await trialsOf(page);
    expect(trials[0]?.engine).toBe('tfjs-webgl');
    expectAgreement(trials, kernel, 1e-2);
    await page.getByText('The backend webgl exists in browsers only').waitFor();
    expect(await page.getByRole('button', { name: 'Copy as command' }).count()).toBe(0);
    await page.context().close();
  });

  test('that has no such backend says so in one line, and the kernel can be chosen again', async () => {
    const page = await site.open(`#/compare?v=1&${experiment}&engine=tfjs&backend=webgpu`);
    await page
      .getByText('can’t be done: TensorFlow.js has no backend here that works (webgpu: no adapter here).')
      .waitFor();
    await page.getByLabel('Engine').selectOption('WebAssembly kernel');
    expect(await trialsOf(page)).toEqual(kernel);
    await page.context().close();
  });

  test('is stopped in the middle of a trial, which would take minutes, and starts again', async () => {
    const page = await site.open('#/compare?v=1&dataset=digits&trials=2&epochs=300&engine=tfjs&backend=cpu');
    const run = page.getByRole('button', { name: 'Run' });
    await run.click();
    await page.getByText('0 of 2 trials').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await run.waitFor({ timeout: 10_000 });
    await run.click();
    await page.getByText('0 of 2 trials').waitFor();
    // What is wanted instead does not wait either.
    await page.goto(`${site.url}#/compare?v=1&${experiment}&engine=tfjs&backend=wasm`);
    expectAgreement(await trialsOf(page), kernel, 1e-5);
    expect(await page.getByText('A worker was ended from outside').count()).toBe(0);
    await page.context().close();
  });

  test.each([
    ['engine=__proto__', 'engine must be one of wasm, tfjs, got "__proto__"; wasm is used.'],
    ['engine=node&backend=cpu', 'engine must be one of wasm, tfjs, got "node"; wasm is used.'],
    ['backend=<script>', 'backend must be one of auto, webgpu, webgl, wasm, cpu, got "<script>"; auto is used.'],
    ['engine=tfjs&engine=wasm', 'engine must be given once, got 2 times; wasm is used.'],
  ])('a link with %s is told of, and the kernel computes', async (words, line) => {
    const page = await site.open();
    const seen = watch(page, site);
    await page.goto(`${site.url}#/compare?v=1&${experiment}&${words}`);
    await page.getByRole('status').filter({ hasText: line }).waitFor();
    expect(await trialsOf(page)).toEqual(kernel);
    expect(seen.later).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(skip)('TensorFlow.js without a network', () => {
  test('computes on a backend that was used before', async () => {
    const site = await openSite();
    try {
      const page = await site.open('#/compare?v=1&trials=2');
      await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
      await page.goto(`${site.url}#/compare?v=1&${experiment}&engine=tfjs&backend=wasm`);
      await finished(page);
      await site.stopServing();
      await page.goto(`${site.url}#/compare?v=1&${experiment}&alpha=1&engine=tfjs&backend=wasm`);
      await page.reload();
      await finished(page);
      await page.getByText('alpha 1 ·').waitFor();
      await page.getByLabel('Backend').selectOption('WebGL');
      await page.getByText(/can’t be done: .*\(webgl: could not be loaded/).waitFor();
    } finally {
      await site.close();
    }
  });
});

describe.skipIf(skip)('TensorFlow.js where the browser has WebGPU', () => {
  test('has the kernel’s losses to 0.1 % and its accuracies to one row', async () => {
    const site = await openSite({ flags: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'] });
    try {
      const page = await site.open('#/mix?v=1');
      const there = await page.evaluate(async () => {
        const { gpu } = navigator as unknown as { gpu?: { requestAdapter(): Promise<object | null> } };
        return Boolean(await gpu?.requestAdapter());
      });
      if (!there) {
        console.log('skipped: WebGPU, of which this Chromium has no adapter, not even in software');
        return;
      }
      const small = `${experiment}&arms=baseline,batch`;
      await page.goto(`${site.url}#/compare?v=1&${small}`);
      const kernel = await trialsOf(page);
      await page.goto(`${site.url}#/compare?v=1&${small}&engine=tfjs&backend=webgpu`);
      await page.getByText('TensorFlow.js on webgpu').waitFor({ timeout: 90_000 });
      expectAgreement(await trialsOf(page), kernel, 1e-3);
    } finally {
      await site.close();
    }
  }, 180_000);
});
