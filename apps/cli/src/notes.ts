/** Notes: what is to be known of an experiment that its figures do not say. */
import type { Dataset } from '@mixup/datasets';
import type { ExperimentConfig } from '@mixup/experiments';

/** As `remix` has it: see `@mixup/core/methods`. */
const kappa = 3;

/** @returns lines, for stderr */
export function notesOn({ arms, dataset: name }: ExperimentConfig, { labels, classNames }: Dataset): string[] {
  if (!arms.includes('remix')) return [];
  const counts = classNames.map((_, id) => labels.reduce((sum, label) => sum + (label === id ? 1 : 0), 0));
  const ratio = Math.max(...counts) / Math.min(...counts);
  // Splits that are not stratified stray from this by some rows.
  if (!(ratio < kappa / 1.5)) return [];
  return [
    `${name}: its largest class has ${ratio.toFixed(1)} times the rows of its smallest; below ${kappa} times remix is batch`,
  ];
}
