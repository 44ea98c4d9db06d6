/** `mixup run`: from what was typed to files, a table, a chart and a verdict. */
import { createRandom } from '@mixup/core';
import { type Dataset, loadDataset } from '@mixup/datasets';
import {
  checkMixSize,
  type ExperimentConfig,
  type ExperimentSummary,
  parseConfig,
  splitData,
  summarizeTrials,
} from '@mixup/experiments';
import { type RunDirectory, writeResults } from '@mixup/experiments/node';
import { computeTrials } from './compute.ts';
import { type ChosenEngine, chooseEngine } from './engine.ts';
import { failure, usageError } from './errors.ts';
import { drawExperiment } from './experiment.ts';
import { counted } from './figures.ts';
import { openFiles } from './files.ts';
import { defaultFolder } from './folder.ts';
import { type Interrupts, listenForInterrupts, type SignalSource } from './interrupt.ts';
import type { Machine } from './machine.ts';
import { notesOn } from './notes.ts';
import { hint, parseRunOptions, type RunRequest, type TypedOptions } from './options.ts';
import { createProgress, type Progress } from './progress.ts';
import { resumeCommand } from './resume.ts';
import type { Screen } from './screen.ts';
import type { Threads } from './threads.ts';
import { countWeights, mostWeights } from './work.ts';

/** What a run needs of the process. */
export interface RunEdge {
  readonly stdout: Screen;
  readonly stderr: Screen;
  /** Whether progress may be drawn over itself. */
  readonly live: boolean;
  readonly signals: SignalSource;
  /** Ends the process at once. */
  readonly quit: (exitCode: number) => void;
  /** Milliseconds from some moment on. */
  readonly now: () => number;
  readonly date: () => Date;
  readonly machine: Machine;
  readonly threads: Threads;
}

interface Experiment {
  readonly config: ExperimentConfig;
  readonly dataset: Dataset;
  readonly trainRows: number;
}

/** A run that has begun. */
interface Begun {
  readonly directory: RunDirectory;
  readonly interrupts: Interrupts;
  /** The command that goes on with it where it is interrupted. */
  readonly goOn: string;
}

/**
 * Run what was typed.
 *
 * @returns the exit code: 0, or that of the signal that interrupted it
 * @throws a usage error before anything is computed or written; a failure while it runs, with what is finished kept
 */
export async function run(names: readonly string[], typed: TypedOptions, edge: RunEdge): Promise<number> {
  const request = parseRunOptions(names, typed, parseConfig);
  const prepared = await Promise.all(request.configs.map((config) => prepare(config, request)));
  const engine = await chooseEngine(request.engine, prepared);
  const experiments = prepared.map((each) => ({
    ...each,
    config: parseConfig({ ...each.config, ...engine.settings }),
  }));
  const folder = request.out ?? defaultFolder(edge.date(), names);
  const interrupts = listenForInterrupts(edge.signals, edge.quit);
  try {
    const directory = await openFiles(folder, {
      experiments: experiments.map(({ config, dataset }) => ({
        config,
        dataDigest: dataset.digest,
        ...(engine.record && { engine: engine.record }),
      })),
      date: edge.date(),
      machine: { ...edge.machine, packages: { ...edge.machine.packages, ...engine.packages } },
    });
    try {
      const goOn = resumeCommand(names, typed, directory.path);
      return await runExperiments(experiments, request, engine, { directory, interrupts, goOn }, edge);
    } finally {
      await directory.complete();
    }
  } finally {
    interrupts.close();
  }
}

/** Load the data, and see that the config fits it. */
async function prepare(config: ExperimentConfig, { engine }: RunRequest): Promise<Experiment> {
  const dataset = await loadDataset(config.dataset);
  // What layers come to in the others is theirs to say.
  if (engine.model === 'mlp') checkHidden(config, dataset);
  // Every split has the same sizes.
  const trainRows = splitData(createRandom(config.seed), dataset, config).train.length;
  try {
    checkMixSize(config, trainRows);
  } catch (error) {
    throw usageError((error as Error).message.replace(/^mixSize/, '--mix-size'), error);
  }
  return { config, dataset, trainRows };
}

/** More would be drawn for minutes before the memory ends. */
function checkHidden(config: ExperimentConfig, { features, classNames }: Dataset): void {
  const weights = countWeights(config, { features: features.shape[1] as number, classes: classNames.length });
  if (weights <= mostWeights) return;
  const rule = `at most ${mostWeights} weights, as many as fit into 4 GiB with their two moments`;
  throw usageError(`--hidden must make ${rule}, got ${weights} for ${config.dataset}; ${hint('hidden')}`);
}

async function runExperiments(
  experiments: readonly Experiment[],
  request: RunRequest,
  { record }: ChosenEngine,
  { directory, interrupts, goOn }: Begun,
  edge: RunEdge,
): Promise<number> {
  const say = (text: string) => request.quiet || edge.stderr.write(`${text}\n`);
  const summaries: ExperimentSummary[] = [];
  const tallies: string[] = [];
  if (record) say(`engine: ${record.engine} on ${record.backend} (${record.why.join('; ')})`);
  for (const { config, dataset, trainRows } of experiments) {
    for (const note of notesOn(config, dataset)) say(note);
    const done = directory.finished(config.dataset).filter(({ trial }) => trial < config.trials);
    if (done.length > 0)
      say(`${config.dataset}: ${done.length} of ${counted(config.trials, 'trial')} are there already`);
    const progress = startProgress(config, done.length, request.quiet, edge);
    const trials = await computeTrials(config, {
      dataset,
      trainRows,
      workers: request.workers,
      cores: edge.machine.environment.cores,
      threads: edge.threads,
      done,
      signal: interrupts.signal,
      progress,
      now: edge.now,
      keep: directory.append,
    })
      .catch((error) => Promise.reject(explainTraining(error, config)))
      .finally(() => progress.end());
    tallies.push(`${trials.length} of ${config.trials} for ${config.dataset}`);
    if (trials.length > 0) summaries.push(summarizeTrials(config, trials, { engine: record }));
    if (interrupts.signal.aborted) break;
    const summary = summaries.at(-1) as ExperimentSummary;
    if (!request.json) edge.stdout.write(drawExperiment(summary, edge.stdout.width(), edge.stdout.colours));
  }

  const document = { schema: 1, experiments: summaries } as const;
  const exitCode = interrupts.exitCode();
  if (exitCode !== 0) {
    await directory.writeDocument(document);
    const kept = `interrupted; finished trials (${tallies.join(', ')}) are kept in ${directory.path}`;
    edge.stderr.write(`mixup: ${kept}; go on with: ${goOn}\n`);
    return exitCode;
  }
  const written = await writeResults(directory, document);
  if (request.json) edge.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  say(`files are in ${directory.path}: ${written.join(', ')}`);
  return 0;
}

/** The engine's line in the words of the command line. The data are scaled in any case. */
function explainTraining(error: unknown, { dataset, learningRate }: ExperimentConfig): unknown {
  const [line, what] = /^(?:train: )?(.*); lower the learning rate\b.*$/.exec((error as Error).message) ?? [];
  return line === undefined ? error : failure(`${dataset}: ${what}; lower --learning-rate, got ${learningRate}`, error);
}

function startProgress(
  config: ExperimentConfig,
  done: number,
  quiet: boolean,
  { stderr, live, now }: RunEdge,
): Progress {
  if (quiet) return { update: () => {}, end: () => {} };
  const { write, width, colours } = stderr;
  return createProgress(config.dataset, config.trials, done, { write, live, width, colours, now });
}
