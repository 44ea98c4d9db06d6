/** `mixup augment`: a CSV file with mixed rows beside its own. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { type AugmentRequest, parseAugmentOptions, type TypedAugmentOptions } from './augment-options.ts';
import { readCsv } from './csv.ts';
import { exitCodes, failure, usageError } from './errors.ts';
import { createBlockMixer } from './mixed-rows.ts';
import type { Screen } from './screen.ts';
import { survey } from './survey.ts';
import { describeSurvey } from './survey-text.ts';

/** What augmenting needs of the process. */
export interface AugmentEdge {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Screen;
  /** Whether progress may be drawn over itself. */
  readonly live: boolean;
}

/**
 * Write a file with its rows, each followed by its mixtures.
 *
 * Two passes: the first infers the schema and keeps a fair sample of rows, the second mixes each row with rows of that
 * sample. So memory does not grow with the file. What comes by a pipe is kept in a temporary file in between.
 *
 * @returns the exit code
 * @throws a usage error or a failure with one line; then no file is written
 */
export async function augment(
  files: readonly string[],
  typed: TypedAugmentOptions,
  edge: AugmentEdge,
): Promise<number> {
  const request = parseAugmentOptions(files, typed);
  const { file, out } = request;
  if (file !== '-' && out !== '-' && resolve(file) === resolve(out)) {
    throw usageError(`--out must be another file than ${file}, which is read while it is written`);
  }
  if (file !== '-') return await augmentFile(file, file, request, edge);
  const folder = await mkdtemp(join(tmpdir(), 'mixup-augment-'));
  try {
    const spooled = join(folder, 'stdin.csv');
    await pipeline(edge.stdin, createWriteStream(spooled));
    return await augmentFile(spooled, 'stdin', request, edge);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function augmentFile(path: string, name: string, request: AugmentRequest, edge: AugmentEdge): Promise<number> {
  const progress = createPercent(edge, request.quiet, await sizeOf(path));
  const say = (text: string) => request.quiet || edge.stderr.write(`${text}\n`);
  const read = async function* (from: number) {
    for await (const block of readCsv(path, { name, delimiter: request.delimiter })) {
      yield block;
      progress.update(from, block.bytes);
    }
  };
  const found = await survey(read(0), request, name).finally(progress.end);
  say(describeSurvey(found, request, name));
  const { out } = request;
  // Nobody mistakes half a file for the whole.
  const part = `${out}.part`;
  const stream = out === '-' ? edge.stdout : createWriteStream(part);
  const failed = new Promise<never>((_, reject) => stream.once('error', reject));
  failed.catch(() => {});
  const write = async (rows: readonly (readonly string[])[]) => {
    const text = stringify(rows as string[][], { delimiter: request.delimiter });
    if (!stream.write(text))
      await Promise.race([new Promise<void>((drained) => stream.once('drain', () => drained())), failed]);
  };
  let mixed = 0;
  try {
    const mixer = createBlockMixer(found, request);
    await write([mixer.header]);
    for await (const { rows } of read(1)) {
      const written = mixer.mix(rows);
      mixed += written.length - rows.length;
      if (written.length > 0) await write(written);
    }
    if (out !== '-') {
      stream.end();
      await finished(stream);
      await rename(part, out);
    }
  } catch (error) {
    if (out !== '-') {
      stream.destroy();
      await rm(part, { force: true });
    }
    const isSystem = error instanceof Error && 'syscall' in error;
    throw isSystem ? failure(`${out} can't be written: ${error.message}`, error) : error;
  } finally {
    progress.end();
  }
  say(`${found.rows} rows and ${mixed} mixed ones are in ${out === '-' ? 'stdout' : out}`);
  return exitCodes.ok;
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
