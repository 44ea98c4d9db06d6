/**
 * How long the Compare room takes from a move of the alpha slider to new figures of Iris, and what the page's own thread
 * does meanwhile: `node bench/drag.mjs`, on the built site. Before each move the same trials are computed in Node, on one
 * thread: the ratio of the two says what the page adds, however fast the machine is and whatever else it does.
 */
import { loadDataset } from '@mixup/datasets';
import { createInlineExecutor, parseConfig, runTrials, summarizeTrials } from '@mixup/experiments';
import { createWasmEngine } from '@mixup/models';
import { openBuiltSite } from '../scripts/built-site.mjs';

/** Stops of the slider with their alphas, none twice: what was trained once is not trained again. */
const moves = [
  [4, 0.05],
  [9, 0.3],
  [10, 0.4],
  [12, 0.7],
  [3, 0.03],
  [15, 2],
  [14, 1.5],
  [13, 1],
  [11, 0.5],
  [2, 0.02],
  [5, 0.07],
  [16, 3],
  [7, 0.15],
  [17, 4],
  [6, 0.1],
];

const executor = createInlineExecutor({ engine: await createWasmEngine(), load: loadDataset });

/** @returns milliseconds for what a move computes: 20 trials of the two arms that depend on alpha */
async function computeInNode(alpha) {
  const config = parseConfig({ dataset: 'iris', alpha, arms: ['append', 'batch'] });
  const began = performance.now();
  summarizeTrials(config, await runTrials(config, { executor }));
  return performance.now() - began;
}

const site = await openBuiltSite();
try {
  const page = await site.browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.url}#/compare?v=1`);
  await page.locator('[data-digest]').waitFor();
  await page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ entryTypes: ['longtask'] });
  });
  // Compiled, and warm.
  await computeInNode(1);
  const [inNode, inPage, ratios] = [[], [], []];
  for (const [stop, alpha] of moves) {
    const calibration = await computeInNode(alpha);
    const time = await page.evaluate(drag, stop);
    inNode.push(calibration);
    inPage.push(time);
    ratios.push(time / calibration);
  }
  const longest = await page.evaluate(() => window.longest);
  const milliseconds = (value) => `${value.toFixed(0)} ms`;
  const times = (value) => value.toFixed(2);
  console.log(`20 trials of append and batch in Node, one thread: ${describe(inNode, milliseconds)}`);
  console.log(`from a move of the slider to the new curves:       ${describe(inPage, milliseconds)}`);
  console.log(`the second divided by the first, move by move:     ${describe(ratios, times)}`);
  console.log(`longest task of the page's own thread:             ${longest ? milliseconds(longest) : 'below 50 ms'}`);
} finally {
  await site.close();
}

/** In the page: move the slider. @returns milliseconds until the new curves are drawn */
async function drag(stop) {
  const slider = document.querySelector('input[type=range]');
  const output = slider.parentElement.querySelector('output');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const before = document.querySelector('.figure-picture').innerHTML;
  const began = performance.now();
  slider.value = stop;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  await frame();
  const isNew = () =>
    document.querySelector('.facts').textContent.includes(`alpha ${output.textContent} `) &&
    document.querySelector('.figure-picture').innerHTML !== before;
  while (!isNew()) await frame();
  const time = performance.now() - began;
  // The second figure and the digest are no part of it.
  await new Promise((resolve) => setTimeout(resolve, 200));
  return time;
}

function describe(list, format) {
  const sorted = list.toSorted((a, b) => a - b);
  return `median ${format(sorted[sorted.length >> 1])}, worst ${format(sorted.at(-1))}`;
}
