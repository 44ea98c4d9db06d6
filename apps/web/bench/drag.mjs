/**
 * How long the Compare room takes from a move of the alpha slider to new figures of Iris, and what the page's own thread
 * does meanwhile: `node bench/drag.mjs`, on the built site. Beside it the same trials in Node, on one thread.
 */
import { loadDataset } from '@mixup/datasets';
import { createInlineExecutor, parseConfig, runTrials, summarizeTrials } from '@mixup/experiments';
import { createWasmEngine } from '@mixup/models';
import { openBuiltSite } from '../scripts/built-site.mjs';

/** Stops of the slider, none twice: what was trained once is not trained again. */
const stops = [4, 9, 10, 12, 3, 15, 14, 13, 11, 2, 5];
const alphas = [0.05, 0.3, 0.4, 0.7, 0.03, 2, 1.5, 1, 0.5, 0.02, 0.07];

const executor = createInlineExecutor({ engine: await createWasmEngine(), load: loadDataset });
const inNode = [];
for (const alpha of alphas) {
  const config = parseConfig({ dataset: 'iris', alpha, arms: ['append', 'batch'] });
  const began = performance.now();
  summarizeTrials(config, await runTrials(config, { executor }));
  inNode.push(performance.now() - began);
}

const site = await openBuiltSite();
try {
  const page = await site.browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.url}#/compare?v=1`);
  await page.locator('[data-digest]').waitFor();
  const { times, longest } = await page.evaluate(async (stops) => {
    let longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({ entryTypes: ['longtask'] });
    const slider = document.querySelector('input[type=range]');
    const output = slider.parentElement.querySelector('output');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const times = [];
    for (const stop of stops) {
      const before = document.querySelector('.figure-picture').innerHTML;
      const began = performance.now();
      slider.value = stop;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      const isNew = () =>
        document.querySelector('.facts').textContent.includes(`alpha ${output.textContent} `) &&
        document.querySelector('.figure-picture').innerHTML !== before;
      while (!isNew()) await frame();
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return { times, longest };
  }, stops);
  const show = (list) => {
    const sorted = list.toSorted((a, b) => a - b);
    return `median ${sorted[sorted.length >> 1].toFixed(0)} ms, worst ${sorted.at(-1).toFixed(0)} ms`;
  };
  console.log(`20 trials of append and batch in Node, one thread: ${show(inNode)}`);
  console.log(`from a move of the slider to the new curves:       ${show(times)}`);
  console.log(
    `longest task of the page's own thread:             ${longest ? `${longest.toFixed(0)} ms` : 'below 50 ms'}`,
  );
} finally {
  await site.close();
}
