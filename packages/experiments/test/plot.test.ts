/** Plots by what is in them: marks for each arm, labels that can be read, text that is the same wherever it is drawn. */
import { DOMParser } from 'linkedom';
import { expect, test } from 'vitest';
import { armNames } from '../src/arm.ts';
import { createDocument, renderPng } from '../src/node/picture.ts';
import { accuracyPlot, armMarks, darkPlotStyle, differencePlot, plotThemes } from '../src/plot.ts';
import type { ExperimentSummary } from '../src/result.ts';
import { sampleConfig, sampleSummary, sampleTrials } from './sample.ts';

const document = await createDocument();
const summary = sampleSummary();
const trials = sampleTrials();
const accuracy = accuracyPlot(summary, { document });
const differences = differencePlot(summary, trials, { document });

function parse(svg: string) {
  return new DOMParser().parseFromString(svg, 'image/svg+xml');
}

/** The text of all labels. */
function texts(svg: string): string[] {
  return [...parse(svg).querySelectorAll('text')].map((node) => node.textContent ?? '');
}

/** [x, y] pairs of a path of straight lines. */
function pathPoints(svg: string, selector: string): number[][] {
  const d = parse(svg).querySelector(selector)?.getAttribute('d') ?? '';
  return [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

test('each of the arms of a run has one line of 30 epochs, one band, and its name and figure; each of all arms a dash and a symbol of its own', () => {
  const dashes = new Set(Object.values(armMarks).map(({ dash }) => dash));
  const symbols = new Set(Object.values(armMarks).map(({ symbol }) => symbol));
  expect([dashes.size, symbols.size]).toEqual([armNames.length, armNames.length]);
  for (const arm of ['baseline', 'append', 'duplicate', 'batch'] as const) {
    expect(parse(accuracy).querySelectorAll(`.mixup-line.mixup-${arm} path`)).toHaveLength(1);
    const line = pathPoints(accuracy, `.mixup-line.mixup-${arm} path`);
    expect(line.length).toBeGreaterThan(20);
    expect(line.at(-1)?.[0]).toBe(562);
    expect(parse(accuracy).querySelectorAll(`.mixup-band.mixup-${arm} path`)).toHaveLength(1);
    expect(texts(accuracy)).toContain(arm);
    const { mean } = (summary.arms[arm] as NonNullable<ExperimentSummary['arms'][typeof arm]>).finalAccuracy;
    expect(texts(accuracy)).toContain(`${(mean * 100).toFixed(1)} %`);
  }
});

test('a better final accuracy is drawn higher, and 0.1 points make at least 2 pixels', () => {
  const end = (arm: string) => pathPoints(accuracy, `.mixup-line.mixup-${arm} path`).at(-1)?.[1] as number;
  const mean = (arm: 'append' | 'batch') => summary.arms[arm]?.finalAccuracy.mean as number;
  expect(mean('append')).toBeGreaterThan(mean('batch'));
  expect((end('batch') - end('append')) / ((mean('append') - mean('batch')) * 1000)).toBeGreaterThan(2);
});

test('labels of arms that end alike are at least 17 pixels apart and within the picture', () => {
  const even = { ...summary, arms: { ...summary.arms } };
  even.arms = Object.fromEntries(Object.keys(summary.arms).map((arm) => [arm, summary.arms.append]));
  const svg = accuracyPlot(even, { document });
  const places = [...parse(svg).querySelectorAll('text')]
    .filter((node) => Object.keys(armMarks).includes(node.textContent ?? ''))
    .map((node) => Number(/,([\d.]+)\)/.exec(node.getAttribute('transform') ?? '')?.[1]))
    .sort((a, b) => a - b);
  expect(places).toHaveLength(4);
  const gaps = places.slice(1).map((place, i) => place - (places[i] as number));
  expect(Math.min(...gaps)).toBeGreaterThan(17);
  expect(places[0]).toBeGreaterThan(60);
  expect(places[3]).toBeLessThan(440);
});

test('title, axes and what is cut off are said, with one trial in the singular and without a band', () => {
  expect(texts(accuracy)).toEqual(
    expect.arrayContaining(['Digits: accuracy on held-out rows, 20 trials', 'Epoch', 'Accuracy on held-out rows (%)']),
  );
  expect(accuracy).toMatch(/what is below [\d.]+ % is cut off/);
  const one = accuracyPlot(sampleSummary(sampleConfig({ trials: 1 })), { document });
  expect(texts(one)).toContain('Digits: accuracy on held-out rows, 1 trial');
  expect(parse(one).querySelectorAll('.mixup-band path')).toHaveLength(0);
});

test.each([
  ['one epoch', { epochs: 1 }],
  ['one arm', { arms: ['batch'] }],
  ['one trial', { trials: 1 }],
  ['2000 epochs', { epochs: 2000, trials: 2 }],
  ['Iris', { dataset: 'iris', trials: 200 }],
])('%s can be drawn, with no NaN in it', (_, input) => {
  const config = sampleConfig(input);
  const own = sampleSummary(config);
  for (const svg of [accuracyPlot(own, { document }), differencePlot(own, sampleTrials(config), { document })]) {
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test('2000 epochs are thinned to at most 502 points a line, the first and the last among them', () => {
  const own = sampleSummary(sampleConfig({ epochs: 2000, trials: 2, arms: ['baseline'] }));
  const points = pathPoints(accuracyPlot(own, { document }), '.mixup-line path');
  expect(points.length).toBeGreaterThan(400);
  expect(points.length).toBeLessThanOrEqual(502);
  // The plot's edges: 720 wide, with 56 and 158 beside it; what is below its lower edge is cut off.
  expect(points[0]?.[0]).toBeLessThan(60);
  expect(points.at(-1)?.[0]).toBe(562);
});

test('what is below the axis is cut off where the lines and bands cross it, to the point', () => {
  const bottom = 440 - 48;
  for (const arm of ['baseline', 'append'] as const) {
    const { accuracyByEpoch } = summary.arms[arm] as NonNullable<ExperimentSummary['arms'][typeof arm]>;
    const [first, second, ...rest] = pathPoints(accuracy, `.mixup-line.mixup-${arm} path`) as [number, number][];
    expect(first?.[1]).toBe(bottom);
    expect(rest.every(([, y]) => y < bottom)).toBe(true);
    // The cut lies on the straight line between the epochs before and after it.
    const after = 30 - 1 - rest.length;
    const toX = (epoch: number) => 56 + ((562 - 56) * (epoch - 1)) / 29;
    expect(second?.[0]).toBeCloseTo(toX(after + 1), 2);
    const perPoint = (bottom - (second?.[1] ?? 0)) / ((second?.[0] ?? 0) - (first?.[0] ?? 0));
    const [low, high] = [accuracyByEpoch[after - 1] as number, accuracyByEpoch[after] as number];
    const last = rest.at(-1)?.[1] as number;
    const pixels = ((second?.[1] ?? 0) - last) / ((accuracyByEpoch.at(-1) as number) - high);
    expect(perPoint * (toX(2) - toX(1))).toBeCloseTo(pixels * (high - low), 0);
    const band = pathPoints(accuracy, `.mixup-band.mixup-${arm} path`);
    expect(Math.max(...band.map(([, y]) => y as number))).toBe(bottom);
    expect(band[0]?.[0]).toBeLessThan(first?.[0] as number);
  }
  expect(accuracy).not.toContain('clip');
  // A band that begins at 0 % is cut off too.
  const { baseline } = summary.arms as Required<ExperimentSummary['arms']>;
  const accuracyBandByEpoch = baseline.accuracyBandByEpoch.map(([low, high], i) => [i < 20 ? 0 : low, high] as const);
  const arms = { baseline: { ...baseline, accuracyBandByEpoch } };
  const band = pathPoints(accuracyPlot({ ...summary, arms }, { document }), '.mixup-band path');
  expect(Math.max(...band.map(([, y]) => y as number))).toBe(bottom);
});

test('each trial has a dot where they are few, and bars where they are many', () => {
  const dots = parse(differences).querySelectorAll('.mixup-trials circle');
  expect(dots).toHaveLength(20 * summary.comparisons.length);
  expect(texts(differences)[1]).toContain('dot: one trial');
  const config = sampleConfig({ dataset: 'iris', trials: 200 });
  const many = differencePlot(sampleSummary(config), sampleTrials(config), { document });
  expect(parse(many).querySelectorAll('.mixup-trials circle')).toHaveLength(0);
  expect(parse(many).querySelectorAll('.mixup-trials line').length).toBeGreaterThan(4);
  expect(texts(many)[1]).toContain('bars: number of trials');
  const none = differencePlot(summary, undefined, { document });
  expect(parse(none).querySelectorAll('.mixup-trials circle, .mixup-trials line')).toHaveLength(0);
});

test('comparisons are labelled with their steps, and an interval is drawn around its mean', () => {
  expect(texts(differences)).toEqual(
    expect.arrayContaining([
      'append − baseline(21 % more steps)',
      'append − duplicate(same number of steps)',
      'duplicate − baseline(21 % more steps)',
      'batch − baseline(same number of steps)',
    ]),
  );
  const means = [...parse(differences).querySelectorAll('.mixup-mean line')].map((line) =>
    Number(line.getAttribute('x1')),
  );
  const selectors = ['.mixup-interval path', '.mixup-corrected path'];
  for (const selector of selectors) {
    const ends = [...parse(differences).querySelectorAll(selector)].map((path) =>
      [...(path.getAttribute('d') ?? '').matchAll(/[ML](-?[\d.]+)/g)].map(([, x]) => Number(x)),
    );
    expect(ends).toHaveLength(4);
    // d3 writes paths to a thousandth of a pixel.
    for (const [i, [low, high]] of ends.entries()) {
      expect(((low as number) + (high as number)) / 2).toBeCloseTo(means[i] as number, 2);
    }
  }
});

test('the same summary is the same text, again and after other plots, and has no ids, which would clash on a page', () => {
  accuracyPlot(sampleSummary(sampleConfig({ dataset: 'iris' })), { document });
  expect(accuracyPlot(summary, { document })).toBe(accuracy);
  expect(differencePlot(summary, trials.toReversed(), { document })).toBe(differences);
  expect(accuracy + differences).not.toMatch(/ id=|url\(/);
});

test('a name of a data set that is markup stays text', () => {
  const hostile = { ...summary, dataset: '"><script>alert(1)</script>' };
  for (const svg of [accuracyPlot(hostile, { document }), differencePlot(hostile, trials, { document })]) {
    expect(parse(svg).querySelectorAll('script')).toHaveLength(0);
    expect(svg).not.toContain('<script');
  }
});

test('eight arms at once have a line, a marker and a label each, and no two a colour in either theme', () => {
  const config = sampleConfig({ arms: [...armNames] });
  const eight = sampleSummary(config);
  const svg = accuracyPlot(eight, { document });
  for (const arm of armNames) {
    expect(parse(svg).querySelectorAll(`.mixup-line.mixup-${arm} path`)).toHaveLength(1);
    expect(parse(svg).querySelectorAll(`.mixup-marker.mixup-${arm} :is(path, circle)`).length).toBeGreaterThan(0);
    expect(texts(svg)).toContain(arm);
  }
  for (const { arms } of Object.values(plotThemes)) expect(new Set(Object.values(arms)).size).toBe(armNames.length);
  const differences = differencePlot(eight, sampleTrials(config), { document });
  expect(differences).toContain('same number of steps, of twice the rows');
  expect(differences.match(/regmixup − baseline/g)?.length).toBeGreaterThan(0);
});

test('the dark theme has no colour of the light one, and the style sheet maps each light colour to a dark one', () => {
  const dark = accuracyPlot(summary, { document, theme: 'dark' });
  const { arms, ...rest } = plotThemes.light;
  const used = [...Object.values(arms), ...Object.values(rest)];
  expect(used.filter((colour) => dark.includes(colour))).toEqual([]);
  const colours = new Set([...accuracy.matchAll(/ (?:fill|stroke)="(#[^"]+)"/g)].map(([, colour]) => colour as string));
  expect(colours.size).toBe(8);
  for (const colour of colours) expect(darkPlotStyle).toContain(`[fill="${colour}"]`);
});

test.each([
  [{ width: 100 }, 'accuracyPlot: width must be in [360, 4096], got 100'],
  [{ height: Number.NaN }, 'accuracyPlot: height must be in [240, 4096], got NaN'],
  [{ theme: 'sepia' as 'dark' }, 'accuracyPlot: theme must be light or dark, got sepia'],
])('%o is refused', (options, message) => {
  expect(() => accuracyPlot(summary, { document, ...options })).toThrow(new RangeError(message));
});

test('a PNG has twice the size of its SVG, and its title is drawn with the font that comes along', async () => {
  const { Resvg } = await import('@resvg/resvg-js');
  const png = Buffer.from(await renderPng(accuracy));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1440, 880]);
  // Decoded by drawing it: resvg shows pictures within pictures.
  const image = `<svg xmlns="http://www.w3.org/2000/svg" width="1440" height="880"><image width="1440" height="880" href="data:image/png;base64,${png.toString('base64')}"/></svg>`;
  const shown = new Resvg(image).render().pixels;
  const fontless = new Resvg(accuracy, { fitTo: { mode: 'zoom', value: 2 }, font: { loadSystemFonts: false } }).render()
    .pixels;
  // The title: rows 30 to 66, where without a font there is paper only.
  const darkPixels = (pixels: Buffer) => {
    let count = 0;
    for (let y = 30; y < 66; y++) {
      for (let x = 30; x < 1000; x++) if ((pixels[(y * 1440 + x) * 4] as number) < 100) count++;
    }
    return count;
  };
  expect(darkPixels(fontless)).toBe(0);
  expect(darkPixels(shown)).toBeGreaterThan(1000);
  expect([...shown.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
});

test('renderPng refuses what is no SVG, with the cause, and a scale that is no number', async () => {
  await expect(renderPng('no picture')).rejects.toThrow('renderPng: svg must be SVG, got "no picture"');
  await expect(renderPng('no picture')).rejects.toHaveProperty('cause');
  await expect(renderPng(accuracy, { scale: Number.NaN })).rejects.toThrow(RangeError);
});

test('on a phone titles wrap, all text stays inside and off other text of its line, and the plot says less', () => {
  const width = 360;
  const svgs = [accuracyPlot(summary, { document, width }), differencePlot(summary, trials, { document, width })];
  for (const svg of svgs) {
    const title = parse(svg).querySelector('title')?.textContent ?? '';
    const heads = [...parse(svg).querySelectorAll('text[font-size="17"]')].map((node) => node.textContent);
    expect(heads.length).toBeGreaterThan(1);
    expect(heads.join(' ')).toBe(title);
    // A letter of these titles takes 0.56 of the size on average in DejaVu Sans Bold, as Chromium measures it, 0.64 in Verdana.
    for (const line of heads) expect((line ?? '').length * 17 * 0.64).toBeLessThanOrEqual(width - 40);
    // The frame grew by what the lines took.
    const root = parse(svg).documentElement;
    expect(root?.getAttribute('viewBox')).toBe(`0 0 ${width} ${root?.getAttribute('height')}`);
    expect(svg).toContain('<g transform="translate(0 ');
  }
  expect(texts(svgs[0] as string).filter((text) => /^\d+\.\d %$/.test(text))).toEqual([]);
  const steps = [...parse(svgs[1] as string).querySelectorAll('tspan')].filter((node) =>
    node.textContent?.endsWith('steps)'),
  );
  expect(steps).toHaveLength(summary.comparisons.length);
  for (const node of steps) expect(node.getAttribute('dy')).toBe('17');
});

test('inside a picture nothing is labelled: its root says what it shows', () => {
  for (const svg of [accuracy, differences]) {
    expect(parse(svg).documentElement?.getAttribute('aria-label')).toMatch(/^Iris|^Digits/);
    expect(svg.match(/ aria-/g)).toHaveLength(1);
  }
});
