/** Outputs: a file, which is whole or as it was; a pipe, a device or stdout, which take what comes. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { constants, openSync, type Stats } from 'node:fs';
import { access, open, readlink, realpath, rename, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { failure, reasonOf, usageError } from './errors.ts';
import { type ExitSource, removeAtExit } from './temporary.ts';

export interface OutputOptions {
  /** What is read meanwhile: a path, or - for stdin. */
  readonly input: string;
  readonly stdout: Writable;
  readonly exits: ExitSource;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

export interface Output {
  /** Whether nothing is seen of it until it is finished. */
  readonly whole: boolean;
  write(text: string): Promise<void>;
  /** Wait until all is written, and put it in its place. */
  finish(): Promise<void>;
  /** Write no more; a file that was there stays as it was. */
  abandon(): void;
}

/** A stream, and what becomes of it. */
interface Sink {
  readonly stream: Writable;
  readonly whole: boolean;
  /** Put what was written in its place. */
  readonly place: () => Promise<void>;
  readonly remove: () => void;
}

/**
 * Open an output, so that what is wrong with it is told before there is anything to write.
 *
 * @param out a path, or - for stdout
 * @throws a usage error for a folder and for the file that is read, a failure where nothing can be written
 */
export async function openOutput(out: string, options: OutputOptions): Promise<Output> {
  const { input, stdout, signal } = options;
  const isStdout = out === '-';
  if (await isSame(input, isStdout ? '/dev/stdout' : out)) {
    const got = isStdout ? 'stdout' : out;
    throw usageError(`--out must be another file than ${input}, which is read while it is written, got ${got}`);
  }
  const nothing = async () => {};
  // Its errors are those of the whole program.
  if (isStdout)
    return { whole: false, write: (text) => write(stdout, text, signal), finish: nothing, abandon: nothing };
  const guard = <T>(work: () => Promise<T>) => work().catch((error) => Promise.reject(explain(error, out)));
  const { stream, whole, place, remove } = await guard(() => openSink(out, options));
  // Who writes next, or waits, is told.
  stream.on('error', () => {});
  return {
    whole,
    write: (text) => guard(() => write(stream, text, signal)),
    finish: () =>
      guard(async () => {
        stream.end();
        await finished(stream, { readable: false, signal });
        await place();
        remove();
      }),
    abandon: () => {
      stream.destroy();
      remove();
    },
  };
}

async function openSink(out: string, { exits, signal }: OutputOptions): Promise<Sink> {
  const there = await stat(out).catch(absent);
  // A name with a slash at its end is that of a folder, there or not.
  if (there?.isDirectory() || out.endsWith('/')) throw usageError(`--out must name a file, got the folder ${out}`);
  const target = there?.isFile() === false ? undefined : await pathBehind(out);
  if (target !== undefined) return await openPart(target, there, exits);
  // To put a file in the place of a pipe or a device would take it from everybody.
  const stream = there?.isFIFO() ? await openPipe(out, signal) : (await open(out, 'a')).createWriteStream();
  return { stream, whole: false, place: async () => {}, remove: () => {} };
}

/** Nobody mistakes half a file for the whole: it is written beside its place, under a name that nothing else has. */
async function openPart(target: string, there: Stats | undefined, exits: ExitSource): Promise<Sink> {
  if (there) await access(target, constants.W_OK);
  const part = join(dirname(target), `.mixup-${randomUUID()}.part`);
  const file = await open(part, 'wx', there ? 0o600 : 0o666);
  const remove = removeAtExit(part, exits);
  if (there) {
    // Only root can give files away, and some file systems have neither owners nor modes.
    await file.chown(there.uid, there.gid).catch(() => {});
    await file.chmod(there.mode & 0o7777).catch(() => {});
  }
  return { stream: file.createWriteStream(), whole: true, place: () => rename(part, target), remove };
}

/** Milliseconds between two looks for a reader. */
const pipePause = 20;

/**
 * Open a named pipe as soon as somebody reads it.
 *
 * A call that waits inside the system, for a reader or for room, could not be given up, and would keep the process from ending.
 */
async function openPipe(path: string, signal: AbortSignal): Promise<Writable> {
  for (;;) {
    try {
      const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      return new Socket({ fd, readable: false, writable: true });
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error;
      await setTimeout(pipePause, undefined, { signal });
    }
  }
}

/** The path behind all links; nothing where one leads to what is open already, as those of /dev/fd do. */
async function pathBehind(path: string): Promise<string | undefined> {
  const link = await readlink(path).catch(() => undefined);
  if (link === undefined) return path;
  const folder = await realpath(dirname(path));
  return folder.startsWith('/proc/') ? undefined : await pathBehind(resolve(folder, link));
}

async function isSame(input: string, out: string): Promise<boolean> {
  if (input === '-') return false;
  if (resolve(input) === resolve(out)) return true;
  // Numbers of files are too large for a double on some file systems.
  const [one, two] = await Promise.all([input, out].map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  return one !== undefined && one.ino === two?.ino && one.dev === two.dev;
}

async function write(stream: Writable, text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (stream.errored) throw stream.errored;
  if (!stream.write(text)) await once(stream, 'drain', { signal });
}

function absent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function explain(error: unknown, out: string): unknown {
  // Of the path Node knows only that of the part, which nobody has typed.
  const { syscall, path = out } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  const code = codeOf(error);
  const [reason, advice] =
    code === 'ENOENT' ? [`there is no folder ${dirname(path)}`, 'make it, or '] : [reasonOf(error), ''];
  const room = code === 'ENOSPC' ? 'make room, or ' : advice;
  return failure(`${out} can't be written: ${reason}; ${room}choose another --out`, error);
}
