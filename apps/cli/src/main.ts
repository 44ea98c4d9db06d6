/** The edge of the program: the process, its streams and its clock enter here, and nowhere else. */
import { availableParallelism } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { chooseColours } from './colours.ts';
import { exitCodes, explain, reasonOf } from './errors.ts';
import { describeMachine, readVersion } from './machine.ts';
import { runProgram } from './program.ts';
import type { Screen } from './screen.ts';
import { foreseeThreads, startThreads } from './threads.ts';

const { argv, env, stdout, stderr } = process;
const words = argv.slice(2);

/** A file is read at 80 columns; nobody reads lines of 200. */
const widths = { least: 40, usual: 80, most: 120 };

function screen(stream: NodeJS.WriteStream): Screen {
  const isTTY = stream.isTTY === true;
  const width = () => Math.min(widths.most, Math.max(widths.least, stream.columns || widths.usual));
  return { write: (text) => void stream.write(text), isTTY, width, colours: chooseColours({ env, isTTY }) };
}

/** Say the one line of an error. */
function tell(line: string): void {
  const { red } = chooseColours({ env, isTTY: stderr.isTTY === true });
  stderr.write(`${red('mixup:')} ${line}\n`);
}

stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads may stop reading, as `head` does: that is no failure, and there is nobody to tell.
  if (error.code === 'EPIPE') process.exit(exitCodes.ok);
  tell(`stdout can't be written: ${reasonOf(error)}; send it somewhere else`);
  process.exit(exitCodes.failed);
});

// Then there is nowhere to say so.
stderr.on('error', () => process.exit(process.exitCode || exitCodes.failed));

runProgram(words, {
  version: readVersion(import.meta.url),
  writeOut: (text) => void stdout.write(text),
  width: screen(stdout).width(),
  run: async (names, typed) => {
    const threads = startThreads(foreseeThreads(names, typed, availableParallelism()));
    // Late, so that help costs none of it.
    const { run } = await import('./run.ts');
    process.exitCode = await run(names, typed, {
      stdout: screen(stdout),
      stderr: screen(stderr),
      // Bars that are drawn over themselves are for people.
      live: stderr.isTTY === true && !env.CI && env.TERM !== 'dumb' && (stderr.columns || 0) >= widths.least,
      signals: process,
      quit: (exitCode) => process.exit(exitCode),
      now: () => performance.now(),
      date: () => new Date(),
      machine: describeMachine(process),
      threads,
    }).finally(threads.close);
  },
  augment: async (files, typed) => {
    const { augment } = await import('./augment.ts');
    const live = stderr.isTTY === true && !env.CI && env.TERM !== 'dumb';
    process.exitCode = await augment(files, typed, {
      stdin: process.stdin,
      stdout,
      stderr: screen(stderr),
      live,
      signals: process,
      quit: (exitCode) => process.exit(exitCode),
      exits: process,
      heapBytes: getHeapStatistics().heap_size_limit,
    });
  },
  doctor: async (typed) => {
    const { doctor } = await import('./doctor.ts');
    process.exitCode = await doctor(typed, { stdout: screen(stdout), nodeVersion: process.version });
  },
  playground: async (typed) => {
    const [{ playground }, { openInBrowser }] = await Promise.all([import('./playground.ts'), import('./browser.ts')]);
    process.exitCode = await playground(typed, {
      stdout: screen(stdout),
      site: new URL('playground/', import.meta.url),
      open: stdout.isTTY === true && !env.CI ? (url) => openInBrowser(url, process.platform) : undefined,
      signals: process,
      quit: (exitCode) => process.exit(exitCode),
    });
  },
}).catch((error: unknown) => {
  const { line, exitCode } = explain(error);
  stderr.write(env.MIXUP_DEBUG === '1' && error instanceof Error ? `${error.stack}\n` : '');
  tell(line);
  process.exitCode = exitCode;
});
