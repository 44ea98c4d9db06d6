/** The report: what it says, that nothing gets out of its place, that it needs nothing else. */
import { DOMParser } from 'linkedom';
import { expect, test } from 'vitest';
import { createManifest } from '../src/manifest.ts';
import { drawPictures } from '../src/node/run-results.ts';
import { reportHtml } from '../src/report.ts';
import { reproduceCommand } from '../src/reproduction.ts';
import type { ExperimentSummary } from '../src/result.ts';
import { sampleConfig, sampleDataDigest, sampleSummary, sampleTrials } from './sample.ts';

const configs = [sampleConfig({ seed: 7 }), sampleConfig({ dataset: 'iris', trials: 40 })];
const experiments = configs.map(sampleSummary);
const [digits, iris] = experiments as [ExperimentSummary, ExperimentSummary];
const pictures = {
  digits: await drawPictures(digits, sampleTrials(configs[0])),
  iris: await drawPictures(iris, sampleTrials(configs[1])),
};
const manifest = createManifest({
  createdAt: '2026-11-23T16:05:00.000Z',
  experiments: configs.map((config) => ({ config, dataDigest: sampleDataDigest })),
  environment: { node: '20.20.2', platform: 'linux', arch: 'x64', cpu: 'A <fast> one', cores: 2 },
  packages: { '@mixup/core': '1.2.3' },
});
const html = reportHtml({ document: { schema: 1, experiments }, pictures, manifest });

function parse(text: string) {
  return new DOMParser().parseFromString(text, 'text/html');
}

const page = parse(html);
const text = (selector: string) => [...page.querySelectorAll(selector)].map((node) => node.textContent ?? '');

test('each experiment begins with its whole verdict', () => {
  const plain = (summary: ExperimentSummary) => summary.verdict.replaceAll('-', '−').toLowerCase();
  const sections = [...page.querySelectorAll('section')];
  for (const [i, summary] of experiments.entries()) {
    const verdict = [...(sections[i]?.querySelectorAll('.verdict') ?? [])].map((node) =>
      node.textContent?.replace(/\.$/, ''),
    );
    expect(verdict.join('; ').toLowerCase()).toBe(plain(summary));
    expect(sections[i]?.children[1]?.className).toBe('verdict');
  }
});

test('each section has both pictures inline, and the report has a table for each', () => {
  expect(page.querySelectorAll('figure svg')).toHaveLength(4);
  const tables = [...page.querySelectorAll('table')];
  expect(tables).toHaveLength(6);
  for (const table of tables) {
    expect(table.querySelector('caption')?.textContent).not.toBe('');
    expect([...table.querySelectorAll('th')].every((cell) => cell.getAttribute('scope'))).toBe(true);
    const widths = new Set([...table.querySelectorAll('tr')].map((row) => row.children.length));
    expect(widths.size).toBe(1);
  }
  // 30 epochs and the head.
  expect(tables[0]?.querySelectorAll('tr')).toHaveLength(31);
});

test('the table of arms has the final accuracy, the interval, the epochs to the baseline and the steps', () => {
  const arm = digits.arms.append as NonNullable<typeof digits.arms.append>;
  const percent = (fraction: number | null) => ((fraction as number) * 100).toFixed(1);
  const row = [...page.querySelectorAll('#experiment-1-arms')][0]?.closest('table')?.querySelectorAll('tbody tr')[1];
  expect([...(row?.children ?? [])].map((cell) => cell.textContent)).toEqual([
    'append',
    `${percent(arm.finalAccuracy.mean)} % [${arm.finalAccuracy.ci95.map(percent).join(', ')}]`,
    String(arm.epochsToBaseline),
    `${percent(arm.areaUnderCurve)} %`,
    String(arm.steps),
  ]);
});

test('the table of comparisons has both intervals, both p and the tally', () => {
  const comparison = digits.comparisons[1] as (typeof digits.comparisons)[number];
  const points = (fraction: number | null) => ((fraction as number) * 100).toFixed(2).replace('-', '−');
  const row = page.querySelector('#experiment-1-comparisons')?.closest('table')?.querySelectorAll('tbody tr')[1];
  expect([...(row?.children ?? [])].map((cell) => cell.textContent)).toEqual([
    'append − duplicate',
    'yes',
    `${points(comparison.meanDifference)} [${comparison.ci95.map(points).join(', ')}]`,
    comparison.p.toFixed(3),
    `[${(comparison.correctedT?.ci95 ?? []).map(points).join(', ')}]`,
    comparison.correctedT?.p.toFixed(3),
    `${comparison.wins} / ${comparison.ties} / ${comparison.losses}`,
  ]);
});

test('arms on demand are explained where a run has them, and a step of twice the rows is said to be one', () => {
  const config = sampleConfig({ arms: ['baseline', 'regmixup', 'cutmix'] });
  const report = reportHtml({ document: { schema: 1, experiments: [sampleSummary(config)] }, pictures: {} });
  const shown = parse(report).querySelector('main')?.textContent ?? '';
  expect(shown).toContain('cutmix fills a box of each image');
  expect(shown).toContain('as many steps as the baseline, each of twice as many rows');
  expect(shown).toContain('yes, of twice the rows');
  expect(shown).not.toContain('remix');
  expect(parse(report).querySelectorAll('.verdict')).toHaveLength(2);
  expect(text('main').join()).not.toMatch(/cutmix|manifold|regmixup|remix/);
});

test('one trial has no interval, and no NaN or null is shown', () => {
  const summary = sampleSummary(sampleConfig({ trials: 1 }));
  const one = reportHtml({ document: { schema: 1, experiments: [summary] }, pictures: {} });
  const shown = parse(one).querySelector('main')?.textContent ?? '';
  expect(shown).toContain('1 trial ·');
  expect(shown).not.toMatch(/NaN|null|undefined/);
});

test('a command is shown only where it says all: a network without hidden layers, but none for another activation', () => {
  expect(reproduceCommand(sampleConfig({ hidden: [] }))).toContain(' --hidden none --learning-rate ');
  expect(reproduceCommand(sampleConfig({ activation: 'tanh' }))).toBeUndefined();
});

test('the command, the config and the digests are there', () => {
  expect(text('pre code')[0]).toBe(
    'npx mixup run digits --protocol article --arms baseline,append,duplicate,batch --trials 20 --seed 7 --alpha 0.2 --epochs 30 --batch-size 30 --mix-size 300 --hidden 80 --learning-rate 0.001',
  );
  expect(JSON.parse(text('details pre code')[0] as string)).toEqual(configs[0]);
  expect(text('footer')[0]).toContain(sampleDataDigest);
  expect(text('footer')[0]).toContain('A <fast> one');
});

test('names and verdicts that are markup stay text', () => {
  const hostile = '</script><img src=x onerror=alert(1)>"\'&';
  const summary = { ...digits, dataset: hostile, verdict: hostile, protocol: hostile, engine: hostile };
  const report = reportHtml({
    document: { schema: 1, experiments: [{ ...summary, config: { ...digits.config, dataset: hostile as 'iris' } }] },
    pictures: { [hostile]: { ...pictures.digits } },
    manifest: { ...manifest, createdAt: hostile, packages: { [hostile]: hostile } },
    command: hostile,
  });
  expect(report).not.toContain('<img');
  expect(report).not.toContain('</script');
  expect(parse(report).querySelectorAll('img, script')).toHaveLength(0);
  expect(parse(report).querySelector('h2')?.textContent).toBe(hostile);
});

test('the page asks for nothing: no address, no script, a policy that forbids both', () => {
  expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|\/\/[a-z]|@import|url\((?!#)/);
  expect(page.querySelectorAll('script, link[rel=stylesheet], iframe, img')).toHaveLength(0);
  expect(page.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("default-src 'none'");
  expect(page.documentElement.getAttribute('lang')).toBe('en');
});

test('no id is there twice, and what refers to one finds it', () => {
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id] of html.matchAll(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(id);
});
