/** Wording: what the room calls things, and how it writes figures. */
import {
  type Comparison,
  type defaultArmNames,
  type EngineName,
  type ExperimentSummary,
  formatPoints,
  type MeanWithInterval,
  pointDecimals,
} from '@mixup/experiments';
import type { BackendChoice } from './backend.ts';

export const datasetTitles = {
  iris: 'Iris: 150 flowers, 3 species',
  digits: 'Digits: 1,797 images, 10 classes',
} as const;

export const protocolTitles = {
  article: 'article: scaled before the split',
  rigorous: 'rigorous: split first, stratified',
} as const;

export const engineTitles: Readonly<Record<EngineName, string>> = {
  wasm: 'WebAssembly kernel',
  tfjs: 'TensorFlow.js',
};

export const backendTitles: Readonly<Record<BackendChoice, string>> = {
  auto: 'auto: the best there is',
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};

/** The arms of the room: the others are for the command line. */
export const armTitles: Readonly<Record<(typeof defaultArmNames)[number], string>> = {
  baseline: 'the rows as they are',
  append: 'the article: mixed rows stacked under them',
  duplicate: 'its control: as many plain rows, so as many steps',
  batch: 'the paper: every batch mixed',
};

/** "86.2 %" of 0.862 */
export function percent(fraction: number): string {
  return `${tenths(fraction)} %`;
}

/** How a difference and its interval are written: "+1.8" points of 0.018, with a true minus and the decimals of the verdict. */
export function pointsFor(ci95: MeanWithInterval['ci95']): (fraction: number) => string {
  const decimals = pointDecimals(ci95);
  return (fraction) => {
    const text = formatPoints(fraction, decimals);
    return text.startsWith('-') ? text.replace('-', '−') : Number(text) === 0 ? text : `+${text}`;
  };
}

/** "[+1.2, +2.4]"; nothing where there is one trial only. */
export function range([low, high]: MeanWithInterval['ci95'], format: (fraction: number) => string): string {
  return low === null || high === null ? '' : `[${format(low)}, ${format(high)}]`;
}

export function tenths(fraction: number): string {
  return formatPoints(fraction, 1);
}

/** "0.34 s", "12 s" */
export function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  return `${value < 10 ? value.toPrecision(2) : Math.round(value)} s`;
}

/** "1 trial", "20 trials" */
export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

/** What happened, in one line below the verdict. */
export function describeExperiment({ dataset, protocol, trials, config, trainRows, heldOutRows }: ExperimentSummary) {
  return [
    `${dataset}, ${protocol} protocol`,
    `${counted(trials, 'trial')} of ${counted(config.epochs, 'epoch')}`,
    `alpha ${config.alpha}`,
    `${trainRows} rows to train on, ${heldOutRows} held out`,
    `seed ${config.seed}`,
    config.engine === 'tfjs' ? `TensorFlow.js on ${config.backend}` : 'WebAssembly kernel',
  ].join(' · ');
}

/** Whether an interval leaves out zero. */
export function isClear({ ci95: [low, high] }: Comparison): boolean {
  return (low !== null && low > 0) || (high !== null && high < 0);
}
