/** Progress: a bar with the time left where a person watches, now and then a line where a log does. */
import type { Colours } from './colours.ts';
import { duration } from './figures.ts';

/** Where a run stands. */
export interface ProgressState {
  readonly label: string;
  /** Trials finished. */
  readonly done: number;
  /** Of those, the ones that an earlier run finished. */
  readonly before: number;
  readonly total: number;
  readonly elapsedMs: number;
}

// " ▕▏  999 h 59 min left" and a column left free, so that no terminal breaks the line.
const longestTail = 24;

/** "12 s left", from the pace of this run; nothing before the first trial and after the last. */
export function timeLeft({ done, before, total, elapsedMs }: ProgressState): string {
  if (done <= before || done >= total) return '';
  return `${duration((elapsedMs / (done - before)) * (total - done))} left`;
}

/**
 * Draw the bar.
 *
 * @param width of the line in characters, >= 40
 */
export function drawProgress(state: ProgressState, width: number, colours: Colours): string {
  const { label, done, total } = state;
  const counts = `${String(done).padStart(String(total).length)}/${total} trials`;
  const columns = Math.max(0, Math.min(40, width - label.length - counts.length - longestTail));
  const eighths = Math.round((done / total) * columns * 8);
  const full = Math.floor(eighths / 8);
  const part = ' ▏▎▍▌▋▊▉'[eighths % 8] as string;
  const bar = ('█'.repeat(full) + (full < columns ? part : '')).padEnd(columns);
  return `${label} ${colours.dim('▕')}${colours.cyan(bar)}${colours.dim('▏')}${counts}  ${timeLeft(state)}`.trimEnd();
}

/** What progress is told through. */
export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** Whether lines can be drawn over. */
  readonly live: boolean;
  /** Characters across, asked for at each drawing. */
  readonly width: () => number;
  readonly colours: Colours;
  /** Milliseconds from some moment on. */
  readonly now: () => number;
}

export interface Progress {
  /** Say that so many trials are finished. */
  update(done: number): void;
  /** Take the bar away. */
  end(): void;
}

/** Milliseconds between two drawings of the bar. */
const frame = 100;

/** Milliseconds between two lines in a log. */
const logPause = 2000;

/**
 * Create the progress of one experiment.
 *
 * @param before trials that are there already
 */
export function createProgress(label: string, total: number, before: number, options: ProgressOptions): Progress {
  return options.live ? createBar(label, total, before, options) : createLog(label, total, before, options);
}

function createBar(label: string, total: number, before: number, options: ProgressOptions): Progress {
  const { write, width, colours, now } = options;
  const start = now();
  let drawn = -Infinity;
  const draw = (done: number) => {
    drawn = now();
    const state = { label, done, before, total, elapsedMs: drawn - start };
    write(`\r${drawProgress(state, width(), colours)}\x1b[K`);
  };
  draw(before);
  return {
    update: (done) => {
      if (now() - drawn >= frame || done === total) draw(done);
    },
    end: () => write('\r\x1b[K'),
  };
}

function createLog(label: string, total: number, before: number, { write, now }: ProgressOptions): Progress {
  const start = now();
  let told = before;
  let toldAt = start;
  return {
    update: (done) => {
      const at = now();
      if (done >= total || (done - told) * 10 < total || at - toldAt < logPause) return;
      told = done;
      toldAt = at;
      const state = { label, done, before, total, elapsedMs: at - start };
      write(`${label}: ${done}/${total} trials, ${timeLeft(state)}\n`);
    },
    end: () => {},
  };
}
