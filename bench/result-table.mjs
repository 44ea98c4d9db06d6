/** The results as a table, for a terminal or as Markdown. */

const head = [
  'peer',
  'form',
  'seconds',
  'mixup',
  'ratio',
  'to reach',
  'processor time',
  'further trial',
  'mixup',
  'ratio',
  'accuracy',
];

/**
 * @param {import('./comparison.mjs').Comparison[]} results
 * @param {{ trials: number, markdown?: boolean }} options
 * @returns {string}
 */
export function drawTable(results, { trials, markdown = false }) {
  const rows = results.map((result) => [
    result.name,
    result.form + (result.scaledFrom ? ` (scaled from ${result.scaledFrom.join(' and ')} trials)` : ''),
    result.seconds.toFixed(1),
    result.mixupSeconds.toFixed(2),
    `${result.ratio.toFixed(1)} x`,
    result.target ? `${result.target} x` : '',
    `${result.cpuRatio.toFixed(1)} x`,
    `${result.furtherSeconds.toFixed(3)} s`,
    `${result.mixupFurtherSeconds.toFixed(3)} s`,
    `${(result.furtherSeconds / result.mixupFurtherSeconds).toFixed(1)} x`,
    ['baseline', 'append'].map((arm) => `${(100 * result.accuracy[arm]).toFixed(1)}`).join(' / '),
  ]);
  const title = `Digits, ${trials} trials, as whole processes; "mixup" is measured beside each peer`;
  const lines = markdown ? drawMarkdown(rows) : drawPlain(rows);
  return `${title}\n\n${lines}\n\n${best(results)}`;
}

function drawMarkdown(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i < 2 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

function drawPlain(rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column].length)));
  const pad = (cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]));
  return all.map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n');
}

/** What a further trial costs, against the peer that is best at it. */
function best(results) {
  const cheapest = results.toSorted((a, b) => a.furtherSeconds - b.furtherSeconds)[0];
  const ratio = cheapest.furtherSeconds / cheapest.mixupFurtherSeconds;
  return `A further trial: ${ratio.toFixed(1)} x as fast as the best of them, ${cheapest.name} (to reach: 2.5 x).`;
}
