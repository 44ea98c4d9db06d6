/** `mixup augment`: a CSV file with mixed rows beside its own. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { type AugmentRequest, parseAugmentOptions, type TypedAugmentOptions } from './augment-options.ts';
import { readCsv } from './csv.ts';
import { exitCodes, failure, reasonOf, usageError } from './errors.ts';
import { listenForInterrupts, type SignalSource } from './interrupt.ts';
import { createBlockMixer } from './mixed-rows.ts';
import { type Output, openOutput } from './output.ts';
import type { Screen } from './screen.ts';
import { survey } from './survey.ts';
import { describeSurvey } from './survey-text.ts';
import { type ExitSource, removeAtExit } from './temporary.ts';

/** What augmenting needs of the process. */
export interface AugmentEdge {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Screen;
  /** Whether progress may be drawn over itself. */
  readonly live: boolean;
  readonly signals: SignalSource;
  /** Ends the process at once. */
  readonly quit: (exitCode: number) => void;
  readonly exits: ExitSource;
  /** The most that may be held. */
  readonly heapBytes: number;
}

/** What is read, twice. */
interface Source {
  readonly path: string;
  /** What errors call it. */
  readonly name: string;
}

/**
 * Write a file with its rows, each followed by its mixtures.
 *
 * Two passes: the first infers the schema and keeps a fair sample of rows, the second mixes each row with rows of that
 * sample. So memory does not grow with the file, nor with its columns, nor with the mixtures of a row. What comes by a pipe is kept in a temporary file in between.
 *
 * @returns the exit code: 0, or that of the signal that interrupted it
 * @throws a usage error or a failure with one line; then no file is written
 */
export async function augment(
  files: readonly string[],
  typed: TypedAugmentOptions,
  edge: AugmentEdge,
): Promise<number> {
  const request = parseAugmentOptions(files, typed);
  const { file, out } = request;
  if (file !== '-') await checkFile(file);
  const interrupts = listenForInterrupts(edge.signals, edge.quit);
  const { signal } = interrupts;
  let output: Output | undefined;
  try {
    output = await openOutput(out, { input: file, stdout: edge.stdout, exits: edge.exits, signal });
    if (file === '-') await augmentStdin(request, output, edge, signal);
    else await augmentFile({ path: file, name: file }, request, output, edge, signal);
    return exitCodes.ok;
  } catch (error) {
    output?.abandon();
    if (!signal.aborted) throw error;
    const state = output?.whole === false ? 'has not all the rows' : 'is not written';
    edge.stderr.write(`mixup: interrupted; ${nameOf(out)} ${state}\n`);
    return interrupts.exitCode();
  } finally {
    interrupts.close();
  }
}

/** What can be read once only would be empty in the second pass. A file that is not there is told when it is read. */
async function checkFile(file: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  if (there === undefined || there.isFile() || there.isDirectory()) return;
  throw usageError(`${file} must be a file, as it is read twice; for a pipe: mixup augment - < ${file}`);
}

async function augmentStdin(
  request: AugmentRequest,
  output: Output,
  edge: AugmentEdge,
  signal: AbortSignal,
): Promise<void> {
  const refuse = (error: unknown): never => {
    throw failure(`stdin can't be copied to ${tmpdir()}: ${reasonOf(error)}; TMPDIR says where it goes`, error);
  };
  const folder = await mkdtemp(join(tmpdir(), 'mixup-augment-')).catch(refuse);
  const remove = removeAtExit(folder, edge.exits);
  try {
    const path = join(folder, 'stdin.csv');
    await pipeline(edge.stdin, createWriteStream(path), { signal }).catch(refuse);
    await augmentFile({ path, name: 'stdin' }, request, output, edge, signal);
  } finally {
    remove();
  }
}

async function augmentFile(
  { path, name }: Source,
  request: AugmentRequest,
  output: Output,
  edge: AugmentEdge,
  signal: AbortSignal,
): Promise<void> {
  const { delimiter, quiet, out } = request;
  const progress = createPercent(edge, quiet, await sizeOf(path));
  const say = (text: string) => quiet || edge.stderr.write(`${text}\n`);
  const read = async function* (from: number) {
    for await (const block of readCsv(path, { name, delimiter, signal })) {
      yield block;
      progress.update(from, block.bytes);
    }
  };
  const found = await survey(read(0), request, { name, heapBytes: edge.heapBytes }).finally(progress.end);
  say(describeSurvey(found, request, name));
  const mixer = createBlockMixer(found, request);
  const write = (rows: readonly (readonly string[])[]) => output.write(stringify(rows as string[][], { delimiter }));
  let written = 0;
  try {
    await write([mixer.header]);
    for await (const { rows } of read(1)) {
      for (const piece of mixer.mix(rows)) {
        written += piece.length;
        await write(piece);
      }
    }
    await output.finish();
  } finally {
    progress.end();
  }
  say(`${found.rows} rows and ${written - found.rows} mixed ones are in ${nameOf(out)}`);
}

function nameOf(out: string): string {
  return out === '-' ? 'stdout' : out;
}

async function sizeOf(path: string): Promise<number> {
  // A file that is not there is told when it is read.
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Percent of both passes, drawn over itself, where a person watches. */
function createPercent({ stderr, live }: AugmentEdge, quiet: boolean, size: number) {
  let shown = -1;
  return {
    update: (pass: number, bytes: number) => {
      const percent = Math.floor(50 * (pass + Math.min(1, bytes / Math.max(1, size))));
      if (!live || quiet || percent === shown) return;
      shown = percent;
      stderr.write(`\r${pass === 0 ? 'reading' : 'mixing'} ${percent} %\x1b[K`);
    },
    end: () => {
      if (shown >= 0) stderr.write('\r\x1b[K');
      shown = -1;
    },
  };
}
