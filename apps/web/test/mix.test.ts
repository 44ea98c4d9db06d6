import { createRandom, sampleMixPlan } from '@mixup/core';
import { loadDigits } from '@mixup/datasets';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseQuery } from '../src/link/link.ts';
import { audit } from '../src/mix/audit.ts';
import { batchSize, drawBatch, drawRows, mixItems } from '../src/mix/batch.ts';
import { blendExamples, exampleAt } from '../src/mix/blend.ts';
import { countDraws, draws, traceDensity } from '../src/mix/draws.ts';
import { drawMeetings, fewRows, smallBatch } from '../src/mix/meetings.ts';
import { pairingNames } from '../src/mix/pairings.ts';
import { fields } from '../src/mix/settings.ts';
import { loadSource } from '../src/mix/sources.ts';
import { openSite, type Site, skip } from './site.ts';

test('the blend is the first digit at lambda 1, the second at 0, and half of both labels between', async () => {
  const digits = await loadDigits();
  const [a, b] = [exampleAt(digits, 3), exampleAt(digits, 17)];
  expect([...blendExamples(a, b, 1, 10).values]).toEqual([...digits.features.data.slice(64 * 3, 64 * 4)]);
  expect([...blendExamples(a, b, 0, 10).values]).toEqual([...digits.features.data.slice(64 * 17, 64 * 18)]);
  const { label } = blendExamples(a, b, 0.5, 10);
  expect([...label].filter((share) => share > 0)).toEqual([0.5, 0.5]);
  expect([a.label, b.label].map((digit) => label[digit])).toEqual([0.5, 0.5]);
});

test('draws are all counted: at the ends for a small alpha, in the middle for a large one', () => {
  const ends = (alpha: number) => {
    const bins = countDraws(alpha, 0);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(draws);
    expect(bins.reduce((sum, { expected }) => sum + expected, 0)).toBeCloseTo(draws, 6);
    return ((bins[0]?.count ?? 0) + (bins.at(-1)?.count ?? 0)) / draws;
  };
  // Beta(0.2, 0.2) leaves 2 F(0.05) = 0.5821 there, as scipy.stats.beta(0.2, 0.2).cdf(0.05) has it; 5 standard errors are 0.04.
  expect(Math.abs(ends(0.2) - 0.5821)).toBeLessThan(0.04);
  expect(ends(8)).toBe(0);
});

test.each([0.05, 0.2, 1, 8])('the density of Beta(%s, same) is finite, symmetric, and holds 1 in all', (alpha) => {
  const curve = traceDensity(alpha);
  expect(curve.every(({ density }) => Number.isFinite(density) && density >= 0)).toBe(true);
  // Sums of 400 cells of a distribution function that is good to 1e-12.
  expect(curve.reduce((sum, { density }) => sum + density / curve.length, 0)).toBeCloseTo(1, 9);
  expect(curve[10]?.density).toBeCloseTo(curve.at(-11)?.density as number, 6);
});

test('the density in the middle is that of SciPy', () => {
  // scipy.stats.beta(a, a).pdf(0.5): a = 0.2, 2, 8; the mean over 1/400 differs by less than 2e-4 of it
  // (f'' h^2 / 24 = -2.1e-4 f / 24 for a = 8).
  for (const [alpha, density] of [
    [0.2, 0.319_047_801_88],
    [2, 1.5],
    [8, 3.142_089_84],
  ] as const) {
    const { density: here } = traceDensity(alpha)[200] as { density: number };
    expect(Math.abs(here / density - 1)).toBeLessThan(2e-4);
  }
});

test('the batch is the plan of sampleMixPlan, draw for draw', async () => {
  const digits = await loadDigits();
  for (const per of ['row', 'batch'] as const) {
    const plan = drawBatch(digits, { alpha: 0.4, per, pairing: 'permutation', seed: 7 });
    const random = createRandom(7);
    const rows = drawRows(1797, 7);
    const sampled = sampleMixPlan(random.fork('mix'), { batch: batchSize, alpha: 0.4, lambdaPer: per });
    expect([...plan.lambda]).toEqual([...sampled.lambda]);
    expect([...plan.partner]).toEqual([...sampled.partner].map((at) => rows[at]));
    expect(new Set(plan.lambda).size).toBe(per === 'row' ? batchSize : 1);
  }
});

test('each item of a batch is its row and its partner by its lambda', async () => {
  const iris = await loadSource('iris');
  const items = mixItems(iris, drawBatch(iris, { alpha: 1, per: 'row', pairing: 'other-class', seed: 1 }));
  expect(items).toHaveLength(batchSize);
  for (const { index, partner, lambda, first, second, values } of items) {
    expect(first).not.toBe(second);
    for (const column of [0, 1]) {
      const at = (row: number) => iris.features.data[2 * row + column] as number;
      expect(values[column]).toBeCloseTo(lambda * at(index) + (1 - lambda) * at(partner), 12);
    }
  }
});

test('meetings keep what their pairing says, and all partners are in the batch', async () => {
  const source = smallBatch(await loadSource('moons'), 3);
  for (const name of pairingNames) {
    const { partner, selves, sameClass } = drawMeetings(name, source, 3);
    expect(partner).toHaveLength(fewRows);
    expect([...partner].every((other) => other >= 0 && other < fewRows)).toBe(true);
    if (name === 'derangement' || name === 'halves' || name === 'roll') expect(selves).toBe(0);
    if (name === 'same-class') expect(selves + sameClass).toBe(fewRows);
    if (name === 'other-class') expect(selves + sameClass).toBe(0);
    if (name === 'flip') expect([...partner]).toEqual(Array.from(partner, (_, i) => fewRows - 1 - i));
    if (name === 'halves') expect([...partner].every((other, i) => partner[other] === i)).toBe(true);
  }
});

test('the audit finds intruders where classes are wound into each other, and none between two far heaps', async () => {
  const settings = { alpha: 1, per: 'row', pairing: 'permutation', seed: 0 } as const;
  const spirals = audit(await loadSource('spirals'), settings);
  expect(spirals.points).toBeGreaterThanOrEqual(3000);
  expect(spirals.byLambda.reduce((sum, { count }) => sum + count, 0)).toBe(spirals.points);
  expect(spirals.byLambda.reduce((sum, { intruded }) => sum + intruded, 0)).toBe(spirals.intruded);
  expect(spirals.intruded / spirals.points).toBeGreaterThan(0.1);
  const heaps = {
    features: {
      data: Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 9) + i / 100),
      shape: [20, 2] as const,
    },
    labels: Int32Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 1)),
  };
  expect(audit(heaps, settings).intruded).toBe(0);
});

test.each([
  ['data=mnist', 'data must be one of digits, iris, moons, circles, spirals, csv, got "mnist"; digits is used'],
  ['pairing=__proto__', /^pairing must be one of permutation, .*transport, got "__proto__"; permutation is used$/],
  ['per=epoch', 'per must be one of row, batch, got "epoch"; row is used'],
  ['seed=-1', 'seed must be an integer in [0, 4294967295], got "-1"; 0 is used'],
  [
    'drawing=<svg onload=alert(1)>',
    'drawing must be 64 of the signs 0 to 9 and a to g, one for each pixel, got "<svg onload=alert(1)>"; none is used',
  ],
  [`drawing=${'h'.repeat(64)}`, /^drawing must be 64 of the signs/],
  ['drawn=10', 'drawn must be an integer in [0, 9], got "10"; 0 is used'],
  [
    'open=batch,batch',
    'open must be of weights, batch, pairings, intrusion, with commas between, got "batch,batch"; weights,batch is used',
  ],
])('of a link, %s falls back to the default, with one line', (query, problem) => {
  const { values, problems } = parseQuery(fields, query);
  expect(problems).toHaveLength(1);
  if (typeof problem === 'string') expect(problems[0]).toBe(problem);
  else expect(problems[0]).toMatch(problem);
  expect(values).toEqual(parseQuery(fields, '').values);
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
    await page.getByRole('img', { name: /of the 3 and .* of the 7/ }).waitFor();
    const other = await visit();
    await page.goBack();
    await page.getByRole('img', { name: /of the 3 and .* of the 7/ }).waitFor();
    expect(await visit()).toBe(other);
    await page.context().close();
  });

  test('the curve of the density lies over the bars, and its table has the counts that are expected', async () => {
    const page = await site.open('#/mix?v=1&alpha=1');
    const picture = page.getByRole('img', { name: 'Density of Beta(1, 1) over a histogram of 4000 draws' });
    await picture.waitFor();
    expect(await picture.locator('path[stroke="var(--accent)"], g[stroke="var(--accent)"] path').count()).toBe(1);
    expect(await picture.locator('rect').count()).toBeGreaterThanOrEqual(20);
    await page.locator('.part', { hasText: 'Which weights' }).getByText('Show the data').click();
    // Beta(1, 1) is uniform: 4000 draws in 20 bins.
    await page.getByRole('row', { name: /^0\.00 0\.05 \d+ 200\.0$/ }).waitFor();
    await page.context().close();
  });

  test('the gallery is the batch of the seed: pictures with their weights and labels, and a table', async () => {
    const digits = await loadDigits();
    const plan = drawBatch(digits, { alpha: 0.2, per: 'row', pairing: 'derangement', seed: 5 });
    const page = await site.open('#/mix?v=1&seed=5&pairing=derangement');
    await page.locator('.gallery li').first().waitFor();
    const said = await page
      .locator('.gallery svg')
      .evaluateAll((pictures) => pictures.map((picture) => picture.getAttribute('aria-label')));
    expect(said).toEqual(
      mixItems(digits, plan).map(
        ({ lambda, first, second }, i) =>
          `Blend ${i + 1}: ${lambda.toFixed(2)} of a ${first}, ${(1 - lambda).toFixed(2)} of a ${second}`,
      ),
    );
    await page.getByRole('button', { name: 'Another batch' }).press('Enter');
    await expect.poll(() => page.url()).toContain('seed=6');
    await expect.poll(() => page.locator('.gallery svg').first().getAttribute('aria-label')).not.toBe(said[0]);
    await page.context().close();
  });

  test('all nine pairings are drawn, the one in use is marked, and what each says can be heard', async () => {
    const page = await site.open('#/mix?v=1&data=circles&pairing=flip&open=pairings');
    await page.locator('.diagram').first().waitFor();
    expect(await page.locator('.diagram svg').count()).toBe(pairingNames.length);
    expect(await page.locator('.diagram[data-chosen=true] h3').textContent()).toBe('Flip in use');
    const flip = page.getByRole('img', { name: /^Flip: 1 \(.*\) meets 12 \(.*12 \(.*\) meets 1 \(/ });
    expect(await flip.locator('line').count()).toBe(fewRows);
    // Two classes, each marked with a shape of its own.
    const shapes = await flip
      .locator('path')
      .evaluateAll((paths) => new Set(paths.map((p) => p.getAttribute('d'))).size);
    expect(shapes).toBe(2);
    await page.context().close();
  });

  test('the audit says in one sentence what it found, and what it found is what the worker was asked', async () => {
    const page = await site.open('#/mix?v=1&data=spirals&alpha=1&open=intrusion');
    const finding = page.locator('.finding');
    await finding.waitFor();
    const sentence = await finding.textContent();
    expect(sentence).toMatch(/^With α = 1, \d+ of 3120 mixed points \(\d+ %\) each lie nearest/);
    // The same link, the same sentence.
    await page.reload();
    await finding.waitFor();
    expect(await finding.textContent()).toBe(sentence);
    await page.getByRole('slider', { name: 'α of Beta(α, α)' }).press('Home');
    await page.getByText('With α = 0.05').waitFor();
    await page.context().close();
  });

  test.each(['iris', 'moons', 'circles', 'spirals'])(
    '%s is a scatter with the blend on the line between two',
    async (name) => {
      const page = await site.open(`#/mix?v=1&data=${name}&first=0&second=110&lambda=0.25`);
      await page
        .getByRole('img', { name: /^The blend on the line between two points: 0\.25 of a .* and 0\.75 of a/ })
        .waitFor();
      await page.locator('.results .scatter').first().getByText('Show the data').click();
      const rows = await page
        .getByRole('table', { name: 'The pair and its blend' })
        .locator('tbody tr')
        .evaluateAll((rows) =>
          rows.map((row) => [...row.querySelectorAll('td')].slice(2).map((cell) => Number(cell.textContent))),
        );
      const [first, second, blend] = rows as [number[], number[], number[]];
      for (const column of [0, 1]) {
        // Three places are shown of each.
        const expected = 0.25 * (first[column] as number) + 0.75 * (second[column] as number);
        expect(Math.abs((blend[column] as number) - expected)).toBeLessThanOrEqual(0.0011);
      }
      await page.context().close();
    },
  );

  test('a row that the data do not have is their last one', async () => {
    const page = await site.open('#/mix?v=1&data=iris&second=1700');
    await page.getByRole('spinbutton', { name: 'Second point, by its row' }).waitFor();
    await expect
      .poll(() => page.getByRole('spinbutton', { name: 'Second point, by its row' }).inputValue())
      .toBe('149');
    await page.context().close();
  });

  test('what is folded stays in the link', async () => {
    const page = await site.open('#/mix?v=1');
    await page.getByRole('heading', { name: 'Who meets whom' }).click();
    await expect.poll(() => page.url()).toContain('open=weights,batch,pairings');
    await page.reload();
    await page.locator('.diagram').first().waitFor();
    await page.context().close();
  });

  const unfolded = 'open=weights,batch,pairings,intrusion';
  const settled = (page: Page) =>
    page.waitForFunction(
      () => !document.querySelector('main [aria-busy=true]') && document.querySelector('.finding, .awaiting'),
    );

  test.each([
    `drawing=${'0g'.repeat(32)}&${unfolded}`,
    `data=spirals&alpha=1&${unfolded}`,
    `data=iris&pairing=same-class&per=batch&${unfolded}`,
    'data=csv',
  ])('%s has nothing for axe to find in either theme, and fits 360 pixels', async (query) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await site.open(`#/mix?v=1&${query}`, {
        colorScheme,
        reducedMotion: 'reduce',
        viewport: { width: 360, height: 740 },
      });
      await settled(page);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      await settled(page);
      await page.evaluate(axe.source);
      const found = await page.evaluate(async () => {
        interface Violation {
          readonly id: string;
          readonly nodes: readonly { readonly html: string }[];
        }
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[]; passes: object[] }> } };
        const { violations, passes } = await axe.run();
        return {
          lines: violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
          passes: passes.length,
          wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        };
      });
      expect(found.lines, colorScheme).toEqual([]);
      expect(found.passes).toBeGreaterThan(15);
      expect(found.wider).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });
});
