/** Reproduction: the command that gives the same results again. */
import { type ExperimentConfig, parseConfig } from './config.ts';
import { describeModel } from './engine-choice.ts';

/**
 * Write the command whose config this is, with nothing left to a default that has an option.
 *
 * @returns undefined where the config differs from the article's in something that has no option
 */
export function reproduceCommand(config: ExperimentConfig): string | undefined {
  const { activation, l2, heldOut } = parseConfig({ dataset: config.dataset });
  if (config.activation !== activation || config.l2 !== l2 || config.heldOut !== heldOut) return undefined;
  const options: readonly (readonly [string, unknown])[] = [
    ['protocol', config.protocol],
    ['arms', config.arms],
    ['trials', config.trials],
    ['seed', config.seed],
    ['alpha', config.alpha],
    ['epochs', config.epochs],
    ['batch-size', config.batchSize],
    ['mix-size', config.mixSize],
    ['hidden', config.hidden.length > 0 ? config.hidden : 'none'],
    ['learning-rate', config.learningRate],
    ...(config.engine ? [['engine', config.engine] as const] : []),
    ...(config.backend ? [['backend', config.backend] as const] : []),
    ...(config.model ? [['model', quote(describeModel(config.model))] as const] : []),
  ];
  return `npx mixup run ${config.dataset} ${options.map(([name, value]) => `--${name} ${String(value)}`).join(' ')}`;
}

/** For a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
