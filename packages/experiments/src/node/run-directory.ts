/** Run directories: where an experiment keeps what it did, so that it can be read, resumed and reported. */
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { trialId } from '../digest.ts';
import { engineNameOf } from '../engine-choice.ts';
import { changedEngine, changedPackage, type Manifest, parseManifest, sameExperiments } from '../manifest.ts';
import type { ResultDocument, TrialResult } from '../result.ts';
import { formatTrialResult, parseTrialResult } from '../trial-schema.ts';

/** A folder with `manifest.json`, `trials.jsonl` and what is made of them. */
export interface RunDirectory {
  readonly path: string;
  /** As it is written in the folder. */
  readonly manifest: Manifest;
  /**
   * Give the trials of a data set that are written down.
   *
   * @returns by their number, in ascending order
   */
  finished(dataset: string): TrialResult[];
  /** Write a trial down; once this returns, the end of the process does not lose it. */
  append(result: TrialResult): void;
  /** Write `summary.json`. */
  writeDocument(document: ResultDocument): Promise<void>;
  /** @param name of a file in the folder */
  writeText(name: string, text: string): Promise<void>;
  /** @param name of a file in the folder */
  writeBytes(name: string, bytes: Uint8Array): Promise<void>;
  /**
   * Bring `trials.jsonl` into order (data sets as in the manifest, trials by number) and let go of it. Its bytes do not
   * depend on who computed which trial when. Also the right end of an interrupted run.
   */
  complete(): Promise<void>;
}

const manifestName = 'manifest.json';
const trialsName = 'trials.jsonl';

/** What a file is called until it is whole. */
const draft = (name: string) => `${name}.tmp`;

/**
 * Open a run directory: a new one, or the one of an earlier run of the same experiments, whose trials then need not be
 * computed again. Trials beyond the number that the manifest asks for are kept.
 *
 * @param path of a folder that is not there, empty, or of the same experiments
 * @throws Error with one line when it holds something else or can't be written; nothing is overwritten then
 */
export async function openRunDirectory(
  path: string,
  { manifest }: { readonly manifest: Manifest },
): Promise<RunDirectory> {
  const earlier = await guard(path, 'read', () => readManifest(path));
  if (earlier) checkSame(path, earlier, manifest);
  const trials = new Map<string, TrialResult>();
  if (earlier) await guard(path, 'read', () => readTrials(path, manifest, trials));
  const current: Manifest = earlier ? { ...manifest, createdAt: earlier.createdAt } : manifest;
  const file = await guard(path, 'written', async () => {
    await makeFolder(path);
    await replaceFile(path, manifestName, `${JSON.stringify(current, null, 2)}\n`);
    // Whole lines only: what is appended must not go on where an earlier run was cut short.
    await replaceFile(path, trialsName, formatTrials(current, trials));
    return openSync(join(path, trialsName), 'a');
  });

  let isOpen = true;
  return {
    path,
    manifest: current,
    finished: (dataset) =>
      [...trials.values()].filter((trial) => trial.dataset === dataset).sort((a, b) => a.trial - b.trial),
    append: (result) => {
      if (!isOpen) throw new Error(`run directory ${path} is complete: nothing can be appended`);
      if (!fits(current, result)) {
        throw new RangeError(`append: trial must be of this run, got trial ${result.trial} of ${result.dataset}`);
      }
      if (trials.has(result.id)) return;
      try {
        appendFileSync(file, `${formatTrialResult(result)}\n`);
      } catch (error) {
        throw explain(path, 'written', error);
      }
      trials.set(result.id, result);
    },
    writeDocument: (document) =>
      guard(path, 'written', () => replaceFile(path, 'summary.json', `${JSON.stringify(document, null, 2)}\n`)),
    writeText: (name, text) => guard(path, 'written', () => replaceFile(path, checkName(name), text)),
    writeBytes: (name, bytes) => guard(path, 'written', () => replaceFile(path, checkName(name), bytes)),
    complete: async () => {
      if (!isOpen) return;
      isOpen = false;
      closeSync(file);
      await guard(path, 'written', () => replaceFile(path, trialsName, formatTrials(current, trials)));
    },
  };
}

/** @returns undefined where there is no folder, or an empty one */
async function readManifest(path: string): Promise<Manifest | undefined> {
  let names: string[];
  try {
    names = await readdir(path);
  } catch (error) {
    if (code(error) === 'ENOENT') return undefined;
    throw error;
  }
  if (!names.includes(manifestName)) {
    // A run that ended while it wrote its first file leaves nothing but that.
    if (names.every((name) => name === draft(manifestName))) return undefined;
    throw new RunDirectoryError(`run directory ${path} is not empty and holds no run; choose another --out`);
  }
  const text = await readFile(join(path, manifestName), 'utf8');
  try {
    return parseManifest(JSON.parse(text));
  } catch (error) {
    throw new RunDirectoryError(`run directory ${path} holds a ${manifestName} of another kind; choose another --out`, {
      cause: error,
    });
  }
}

function checkSame(path: string, earlier: Manifest, manifest: Manifest): void {
  if (!sameExperiments(earlier, manifest)) {
    const engine = changedEngine(earlier, manifest);
    if (engine) {
      throw new RunDirectoryError(
        `run directory ${path} was begun with another engine (${engine}), and results would not mix; choose another --out`,
      );
    }
    throw new RunDirectoryError(`run directory ${path} holds another experiment; choose another --out`);
  }
  const changed = changedPackage(earlier, manifest);
  if (changed) {
    throw new RunDirectoryError(
      `run directory ${path} was begun with another version (${changed}), and results may differ; choose another --out`,
    );
  }
}

/** Read the lines that are trials of this run. Others are left out: what they should have been is computed again. */
async function readTrials(path: string, manifest: Manifest, trials: Map<string, TrialResult>): Promise<void> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(join(path, trialsName));
  } catch (error) {
    if (code(error) === 'ENOENT') return;
    throw error;
  }
  // The stream of the lines closes the file.
  for await (const line of file.readLines()) {
    const trial = parseLine(line);
    if (trial && fits(manifest, trial) && !trials.has(trial.id)) trials.set(trial.id, trial);
  }
}

function parseLine(line: string): TrialResult | undefined {
  try {
    return parseTrialResult(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Whether a trial is of one of the experiments, by its id, and has all that its config asks for. */
function fits({ experiments }: Manifest, result: TrialResult): boolean {
  const entry = experiments.find(({ dataset }) => dataset === result.dataset);
  if (!entry || entry.dataDigest !== result.dataDigest) return false;
  const { config, dataDigest } = entry;
  if (engineNameOf(config) !== result.engine) return false;
  if (trialId(config, dataDigest, result.trial) !== result.id) return false;
  return config.arms.every((name) => {
    const arm = result.arms[name];
    return [arm?.training, arm?.heldOut].every(
      (history) => history?.loss.length === config.epochs && history.accuracy.length === config.epochs,
    );
  });
}

function* formatTrials({ experiments }: Manifest, trials: ReadonlyMap<string, TrialResult>): Generator<string> {
  const order = new Map(experiments.map(({ dataset }, i) => [dataset, i]));
  const place = ({ dataset }: TrialResult) => order.get(dataset) ?? experiments.length;
  const sorted = [...trials.values()].sort((a, b) => place(a) - place(b) || a.trial - b.trial);
  for (const trial of sorted) yield `${formatTrialResult(trial)}\n`;
}

/** Node's own recursive mkdir never returns where a file system answers that a folder which is there is not, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (code(error) === 'EEXIST' && (await isFolder(path))) return;
    const parent = dirname(path);
    if (code(error) !== 'ENOENT' || parent === path || (await isFolder(parent))) throw error;
    await makeFolder(parent);
    await mkdir(path);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Write a file so that at any time it is either the old one or the new one, whole. */
async function replaceFile(
  path: string,
  name: string,
  content: string | Uint8Array | Generator<string>,
): Promise<void> {
  await writeFile(join(path, draft(name)), content, { flush: true });
  await rename(join(path, draft(name)), join(path, name));
}

function checkName(name: string): string {
  if (name === '' || name !== basename(name) || name.startsWith('.') || name.includes('\\')) {
    throw new RangeError(`name must be that of a file in the folder, got "${name}"`);
  }
  return name;
}

/** What is said in one line already. */
class RunDirectoryError extends Error {}

async function guard<T>(path: string, what: 'read' | 'written', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RunDirectoryError || error instanceof RangeError ? error : explain(path, what, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'it, or a folder above it, is a file',
  EEXIST: 'it is a file',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'no space is left',
  ENAMETOOLONG: 'its name is too long',
};

function explain(path: string, what: string, error: unknown): Error {
  const reason = reasons[code(error) ?? ''] ?? code(error) ?? (error as Error).message;
  const next = reason === reasons.ENOSPC ? 'make room or choose another --out' : 'choose another --out';
  return new Error(`run directory ${path} can't be ${what}: ${reason}; ${next}`, { cause: error });
}

function code(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
