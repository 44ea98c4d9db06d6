/** An experiment as code: what gives the same figures in Node. */
import { type ExperimentConfig, parseConfig } from '@mixup/experiments';

/** Write a program whose config this is, with nothing in it that is the default anyway. */
export function experimentCode(config: ExperimentConfig): string {
  const defaults = parseConfig({ dataset: config.dataset });
  const given = Object.entries(config)
    .filter(
      ([key, value]) =>
        key === 'dataset' || JSON.stringify(value) !== JSON.stringify(defaults[key as keyof ExperimentConfig]),
    )
    .map(([key, value]) => `${key}: ${write(value)}`);
  if (config.engine === 'tfjs') return tensorFlowCode(given, config);
  return `// npm i @mixup/experiments @mixup/models @mixup/datasets
import { loadDataset } from '@mixup/datasets';
import { createInlineExecutor, parseConfig, runTrials, summarizeTrials } from '@mixup/experiments';
import { createWasmEngine } from '@mixup/models';

const config = parseConfig({ ${given.join(', ')} });
const executor = createInlineExecutor({ engine: await createWasmEngine(), load: loadDataset });
const summary = summarizeTrials(config, await runTrials(config, { executor }));
console.log(summary.verdict);
`;
}

function tensorFlowCode(given: readonly string[], { backend }: ExperimentConfig): string {
  return `// npm i @mixup/experiments @mixup/models @mixup/datasets @tensorflow/tfjs-core @tensorflow/tfjs-layers @tensorflow/tfjs-backend-${backend}
import { loadDataset } from '@mixup/datasets';
import { createInlineExecutor, parseConfig, runTrials, summarizeTrials } from '@mixup/experiments';
import { startEngine } from '@mixup/experiments/node';

const config = parseConfig({ ${given.join(', ')} });
const { engine } = await startEngine(config);
const executor = createInlineExecutor({ engine, load: loadDataset });
const summary = summarizeTrials(config, await runTrials(config, { executor }));
console.log(summary.verdict);
`;
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
