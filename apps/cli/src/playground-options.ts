/** What follows `mixup playground`: from what was typed to a request, or to one line that says what is wrong with it. */
import { usageError } from './errors.ts';

export interface TypedPlaygroundOptions {
  readonly port?: string;
  /** False after --no-open. */
  readonly open?: boolean;
}

export interface PlaygroundRequest {
  /** Undefined where any will do. */
  readonly port: number | undefined;
  readonly open: boolean;
}

export function parsePlaygroundOptions({ port, open = true }: TypedPlaygroundOptions): PlaygroundRequest {
  if (port === undefined) return { port: undefined, open };
  const number = /^\d+$/.test(port.trim()) ? Number(port) : Number.NaN;
  if (!(number >= 1 && number <= 65_535)) {
    throw usageError(`--port must be an integer in [1, 65535], got "${port}"; without it a free one is taken`);
  }
  return { port: number, open };
}
