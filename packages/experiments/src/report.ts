/** The report: one page that says what came out, shows it, and tells how far to trust it. */
import { type ArmName, armNames, rowsPerBatchRow } from './arm.ts';
import { describeModel, describeRecord } from './engine-choice.ts';
import type { Manifest } from './manifest.ts';
import { capitalize, countTrials } from './plot-frame.ts';
import { reportStyle } from './report-style.ts';
import { explain } from './report-text.ts';
import { reproduceCommand } from './reproduction.ts';
import type { ArmSummary, Comparison, ExperimentSummary, ResultDocument } from './result.ts';
import { escapeXml } from './svg.ts';

/** SVG as `accuracyPlot` and `differencePlot` make it, in the light theme. It is put into the page as it is. */
export interface ReportPictures {
  readonly accuracy: string;
  readonly differences: string;
}

export interface ReportInput {
  readonly document: ResultDocument;
  /** By data set. */
  readonly pictures: Readonly<Record<string, ReportPictures>>;
  readonly manifest?: Manifest;
  /** What to type for the same results; by default a command for each experiment, made from its config. */
  readonly command?: string;
}

/**
 * Write the report as one HTML page that needs no other file and no network, and runs no script.
 *
 * @returns the same text for the same input
 * @example
 * reportHtml({ document, pictures: { digits: { accuracy, differences } } });
 */
export function reportHtml({ document, pictures, manifest, command }: ReportInput): string {
  const { experiments } = document;
  const names = experiments.map(({ dataset }) => capitalize(dataset)).join(' and ');
  const sections = experiments.map((summary, i) => {
    const own = Object.hasOwn(pictures, summary.dataset) ? pictures[summary.dataset] : undefined;
    return experimentSection(summary, own, `experiment-${i + 1}`, command);
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Does mixup help? ${escapeXml(names)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header><h1>Does mixup help? ${escapeXml(names)}</h1></header>
${sections.join('\n')}
${explain(new Set(experiments.flatMap((summary) => armsOf(summary).map(([name]) => name))))}
</main>
${manifest ? footer(manifest) : ''}
</body>
</html>
`;
}

function experimentSection(
  summary: ExperimentSummary,
  pictures: ReportPictures | undefined,
  id: string,
  command: string | undefined,
): string {
  const { dataset, verdict, protocol, trainRows, heldOutRows, seed, config } = summary;
  const facts = [
    summary.trials === 1 ? '1 trial' : `${summary.trials} paired trials`,
    `${protocol} protocol`,
    `${trainRows} rows to train on, ${heldOutRows} held out`,
    `seed ${seed}`,
    ...engineFacts(summary),
  ].join(' · ');
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escapeXml(capitalize(dataset))}</h2>
${verdictParagraphs(verdict)}
<p class="facts">${escapeXml(facts)}</p>
${pictures ? figure(pictures.accuracy, `${capitalize(dataset)}: accuracy by epoch`, 'Lines are means over the trials, bands their 95 % intervals.', epochTable(summary, id)) : epochTable(summary, id)}
<h3>The arms</h3>
${armTable(summary, id)}
<h3>The comparisons</h3>
${pictures ? figure(pictures.differences, `${capitalize(dataset)}: paired differences`, 'Arm minus arm within each trial, right of zero where the first one did better. The table below has the figures.') : ''}
${comparisonTable(summary, id)}
<h3>The same again</h3>
${reproduction(command ?? reproduceCommand(config))}
<details><summary>Config as JSON</summary><pre><code>${escapeXml(JSON.stringify(config, null, 2))}</code></pre></details>
</section>`;
}

function engineFacts({ engine, engineRecord, config }: ExperimentSummary): string[] {
  const { model } = config;
  const file = typeof model === 'object' ? ` (SHA-256 ${model.digest.slice(0, 16)}…)` : '';
  return [
    ...(model ? [`model ${describeModel(model)}${file}`] : []),
    engineRecord
      ? `engine ${describeRecord(engineRecord)} (chosen: ${engineRecord.why.join('; ')})`
      : `engine ${engine}`,
  ];
}

/** The verdict, each of its answers by itself: that on the article's way, that on the paper's. */
function verdictParagraphs(verdict: string): string {
  return verdict
    .split(/; (?=(?:batch|cutmix|manifold|regmixup|remix) )/)
    .map((answer) => {
      const text = escapeXml(`${capitalize(answer)}.`).replace(/-(?=\d)/g, '−');
      return `<p class="verdict">${text.replace(/\[[^\]]*\]/g, '<span class="whole">$&</span>')}</p>`;
    })
    .join('\n');
}

/** A picture that scrolls where the page is narrow, so that its letters stay legible. */
function figure(svg: string, name: string, caption: string, after = ''): string {
  return `<figure>
<div class="scroll picture" role="group" tabindex="0" aria-label="${escapeXml(name)}">${svg}</div>
<figcaption>${escapeXml(caption)}</figcaption>
${after}
</figure>`;
}

function epochTable(summary: ExperimentSummary, id: string): string {
  const arms = armsOf(summary);
  const epochs = Math.max(0, ...arms.map(([, arm]) => arm.accuracyByEpoch.length));
  const head = ['Epoch', ...arms.map(([name]) => name)];
  const rows = Array.from({ length: epochs }, (_, i) => [
    String(i + 1),
    ...arms.map(([, { accuracyByEpoch, accuracyBandByEpoch }]) => {
      const mean = accuracyByEpoch[i];
      return mean === undefined ? '–' : withInterval(percent(mean), accuracyBandByEpoch[i] ?? [null, null], percent);
    }),
  ]);
  const caption = 'Accuracy on held-out rows after each epoch, in percent: mean and 95 % interval';
  return `<details><summary>The same as a table</summary>
${table(`${id}-epochs`, caption, head, rows)}
</details>`;
}

function armTable(summary: ExperimentSummary, id: string): string {
  const rows = armsOf(summary).map(([name, arm]) => [
    `<span class="swatch ${name}"></span>${name}`,
    withInterval(`${percent(arm.finalAccuracy.mean)} %`, arm.finalAccuracy.ci95, percent),
    arm.epochsToBaseline === null ? 'never' : String(arm.epochsToBaseline),
    `${percent(arm.areaUnderCurve)} %`,
    String(arm.steps),
  ]);
  const head = [
    'Arm',
    'Final accuracy [95 %]',
    'Epochs to the baseline’s final accuracy',
    'Area under curve',
    'Steps per trial',
  ];
  // Without a baseline there is nothing to reach.
  const columns = summary.arms.baseline ? [0, 1, 2, 3, 4] : [0, 1, 3, 4];
  const take = (cells: readonly string[]) => columns.map((column) => cells[column] as string);
  const caption = `Accuracy on held-out rows, mean over ${countTrials(summary)}; the area under the curve is the mean accuracy over the epochs`;
  return table(`${id}-arms`, caption, take(head), rows.map(take));
}

function comparisonTable({ comparisons, trials }: ExperimentSummary, id: string): string {
  if (comparisons.length === 0)
    return '<p>There is nothing to compare: the run has one arm, or none that answer each other.</p>';
  const rows = comparisons.map((comparison) => {
    const { correctedT, wins, ties, losses } = comparison;
    return [
      escapeXml(`${comparison.arm} − ${comparison.against}`),
      comparison.sameSteps ? (rowsPerBatchRow(comparison.arm) === 2 ? 'yes, of twice the rows' : 'yes') : 'no',
      withInterval(points(comparison.meanDifference), comparison.ci95, points),
      pValue(comparison.p),
      correctedT ? interval(correctedT.ci95, points) : '–',
      correctedT ? pValue(correctedT.p) : '–',
      `${wins} / ${ties} / ${losses}`,
    ];
  });
  const head = [
    'Comparison',
    'Same steps?',
    'Mean difference [95 %, this data]',
    'p, sign flips',
    '[95 %, new data]',
    'p, corrected t',
    'Wins / ties / losses',
  ];
  const caption = `Paired differences of final accuracy on held-out rows over ${trials} ${trials === 1 ? 'trial' : 'trials'}, in percentage points`;
  return table(`${id}-comparisons`, caption, head, rows);
}

/** @param rows of HTML; the first cell heads its row */
function table(id: string, caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const header = head.map((cell) => `<th scope="col">${escapeXml(cell).replaceAll('95 %', '95\u00a0%')}</th>`).join('');
  const body = rows
    .map(
      ([first, ...rest]) => `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    )
    .join('\n');
  return `<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}">
<table>
<caption id="${id}"><span>${escapeXml(caption)}</span></caption>
<thead><tr>${header}</tr></thead>
<tbody>
${body}
</tbody>
</table>
</div>`;
}

function footer({ createdAt, environment, packages, experiments }: Manifest): string {
  const { node, platform, arch, cpu, cores } = environment;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  const lines = [
    `Run of ${createdAt}, on Node ${node}, ${platform} ${arch}, ${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}.`,
    ...(versions.length > 0 ? [`Made with ${versions.join(', ')}.`] : []),
    ...experiments.map((entry) => `${entry.dataset}: config ${entry.configDigest}, data ${entry.dataDigest}.`),
  ];
  return `<footer>${lines.map((line) => `<p>${escapeXml(line)}</p>`).join('\n')}</footer>`;
}

/** Breaks between options only. */
function reproduction(command: string | undefined): string {
  if (command === undefined) return '<p>By this config, which no command has all options for:</p>';
  const text = escapeXml(command).replace(/--[\w-]+ [^ ]+/g, '<span class="whole">$&</span>');
  return `<pre><code>${text}</code></pre>`;
}

function armsOf({ arms }: ExperimentSummary): [ArmName, ArmSummary][] {
  return armNames.flatMap((name) => {
    const arm = arms[name];
    return arm ? [[name, arm] as [ArmName, ArmSummary]] : [];
  });
}

function withInterval(mean: string, bounds: Comparison['ci95'], format: (value: number) => string): string {
  return `${mean} <span class="interval">${interval(bounds, format)}</span>`;
}

function interval([low, high]: Comparison['ci95'], format: (value: number) => string): string {
  return low === null || high === null ? '–' : `[${format(low)}, ${format(high)}]`;
}

function percent(fraction: number): string {
  return fixed(fraction * 100, 1);
}

function points(fraction: number): string {
  return fixed(fraction * 100, 2);
}

function pValue(p: number): string {
  return p < 0.001 ? '&lt; 0.001' : p.toFixed(3);
}

/** With a minus sign, and no "-0.0". */
function fixed(value: number, digits: number): string {
  const scale = 10 ** digits;
  return (Math.round(value * scale) / scale + 0).toFixed(digits).replace('-', '−');
}
