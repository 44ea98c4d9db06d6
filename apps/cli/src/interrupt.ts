/** Interrupts: Ctrl-C and a polite kill. */
import { exitCodes } from './errors.ts';

export type StopSignal = 'SIGINT' | 'SIGTERM';

/** What is asked of a process. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

export interface Interrupts {
  /** Aborted at the first signal. */
  readonly signal: AbortSignal;
  /** What to exit with; 0 as long as there was no signal. */
  exitCode(): number;
  /** Listen no more. */
  close(): void;
}

/**
 * Listen for signals: the first aborts, the second quits at once.
 *
 * @param quit ends the process with an exit code
 */
export function listenForInterrupts(source: SignalSource, quit: (exitCode: number) => void): Interrupts {
  const controller = new AbortController();
  let exitCode: number = exitCodes.ok;
  const listen = (code: number) => () => {
    if (controller.signal.aborted) return quit(code);
    exitCode = code;
    controller.abort();
  };
  const interrupt = listen(exitCodes.interrupted);
  const terminate = listen(exitCodes.terminated);
  source.on('SIGINT', interrupt);
  source.on('SIGTERM', terminate);
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    close: () => {
      source.off('SIGINT', interrupt);
      source.off('SIGTERM', terminate);
    },
  };
}
