/** An experiment as a person reads it: what was done, the table, the chart, the verdict. */
import { describeModel, describeRecord, type ExperimentSummary } from '@mixup/experiments';
import { drawChart } from './chart.ts';
import type { Colours } from './colours.ts';
import { counted } from './figures.ts';
import { drawTable } from './table.ts';
import { wrap } from './wrap.ts';

/** Characters down for the curves. */
const chartHeight = 16;

/**
 * Draw an experiment.
 *
 * @param width characters across, >= 40
 * @returns lines, the last one ended
 */
export function drawExperiment(summary: ExperimentSummary, width: number, colours: Colours): string {
  const { dataset, protocol, trials, trainRows, heldOutRows, seed, verdict, config, engineRecord } = summary;
  const about = [
    `${protocol} protocol`,
    counted(trials, 'trial'),
    `${trainRows} rows to train on, ${heldOutRows} held out`,
    `seed ${seed}`,
  ].join(' · ');
  return [
    `${colours.bold(dataset)}  ${colours.dim(about)}`,
    ...(engineRecord
      ? [colours.dim(`${' '.repeat(dataset.length)}  ${describeModel(config.model)}, ${describeRecord(engineRecord)}`)]
      : []),
    '',
    drawTable(summary, colours),
    '',
    drawChart(summary, { colours, width, height: chartHeight }),
    '',
    colours.bold(wrap(`${verdict[0]?.toUpperCase()}${verdict.slice(1)}.`, width - 2, '  ')),
    '',
    '',
  ].join('\n');
}
