/** The results as tables, for a terminal or as Markdown. */

const wholeHead = ['peer', 'form', 'seconds', 'mixup', 'ratio', 'to reach', 'accuracy'];
const costHead = [
  'peer',
  'processor s',
  'mixup',
  'ratio',
  'further s',
  'mixup',
  'ratio',
  'further processor s',
  'mixup',
];

/**
 * @param {import('./comparison.mjs').Comparison[]} results
 * @param {{ trials: number, markdown?: boolean }} options
 * @returns {string}
 */
export function drawTable(results, { trials, markdown = false }) {
  const draw = markdown ? drawMarkdown : drawPlain;
  const whole = results.map((result) => [
    result.name,
    result.form + (result.scaledFrom ? ` (scaled from ${result.scaledFrom.join(' and ')} trials)` : ''),
    result.seconds.toFixed(1),
    result.mixupSeconds.toFixed(2),
    times(result.ratio),
    result.target ? `${result.target} x` : '',
    ['baseline', 'append'].map((arm) => `${(100 * result.accuracy[arm]).toFixed(1)}`).join(' / '),
  ]);
  const costs = results.map((result) => [
    result.name,
    result.cpuSeconds.toFixed(1),
    result.mixupCpuSeconds.toFixed(2),
    times(result.cpuRatio),
    duration(result.furtherSeconds),
    duration(result.mixupFurtherSeconds),
    isMeasured(result) ? times(result.furtherSeconds / result.mixupFurtherSeconds) : '',
    duration(result.furtherCpuSeconds),
    duration(result.mixupFurtherCpuSeconds),
  ]);
  return [
    `Digits, ${trials} trials, as whole processes; "mixup" is what it took beside each peer:`,
    draw(wholeHead, whole, 2),
    'Processor time over all threads, which other work changes least, and the cost of each further trial:',
    draw(costHead, costs, 1),
    best(results),
  ].join('\n\n');
}

const times = (ratio) => `${ratio.toFixed(1)} x`;

/** A difference of two runs: on a busy machine there may be nothing left of it. */
const duration = (seconds) => (seconds > 0 ? seconds.toFixed(3) : 'in the noise');

const isMeasured = ({ furtherSeconds, mixupFurtherSeconds }) => furtherSeconds > 0 && mixupFurtherSeconds > 0;

function drawMarkdown(head, rows, texts) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i < texts ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

function drawPlain(head, rows, texts) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column].length)));
  const pad = (cell, i) => (i < texts ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  return all.map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n');
}

/** What a further trial costs, against the peer that is best at it. */
function best(results) {
  const [cheapest] = results.filter(isMeasured).sort((a, b) => a.furtherSeconds - b.furtherSeconds);
  if (!cheapest) return 'A further trial: in the noise; measure on a machine that does nothing else.';
  const ratio = times(cheapest.furtherSeconds / cheapest.mixupFurtherSeconds);
  return `A further trial: ${ratio} as fast as the best of these, ${cheapest.name} (to reach: 2.5 x).`;
}
