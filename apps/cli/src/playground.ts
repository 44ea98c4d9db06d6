/** `mixup playground`: the page that shows mixup, from this package's own files. */
import { fileURLToPath } from 'node:url';
import { exitCodes, failure } from './errors.ts';
import { listenForInterrupts, type SignalSource } from './interrupt.ts';
import { parsePlaygroundOptions, type TypedPlaygroundOptions } from './playground-options.ts';
import type { Screen } from './screen.ts';
import { type StaticSite, serveFolder } from './static-site.ts';

/** What the playground needs of the process. */
export interface PlaygroundEdge {
  readonly stdout: Pick<Screen, 'write'>;
  /** Where the site is. */
  readonly site: URL;
  /** Shows an address to a person; undefined where nobody looks. */
  readonly open: ((url: string) => void) | undefined;
  readonly signals: SignalSource;
  readonly quit: (exitCode: number) => void;
}

/** Taken where it is free, so that links that were kept go on working. */
const usualPort = 4680;

/**
 * Serve the playground until it is interrupted.
 *
 * @returns the exit code: 0, as an interrupt is how it ends
 */
export async function playground(typed: TypedPlaygroundOptions, edge: PlaygroundEdge): Promise<number> {
  const request = parsePlaygroundOptions(typed);
  const site = await serve(fileURLToPath(edge.site), request.port);
  const interrupts = listenForInterrupts(edge.signals, edge.quit);
  try {
    edge.stdout.write(`The playground is at ${site.url}\nCtrl-C ends it.\n`);
    if (request.open) edge.open?.(site.url);
    const { signal } = interrupts;
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  } finally {
    await site.close();
    interrupts.close();
  }
  return exitCodes.ok;
}

async function serve(folder: string, port: number | undefined): Promise<StaticSite> {
  try {
    return await serveFolder(folder, port ?? usualPort);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE' && port === undefined) return serveFolder(folder, 0);
    if (code === 'EADDRINUSE') throw failure(`port ${port} is taken; leave --port out for one that is free`, error);
    if (code === 'EACCES') throw failure(`port ${port} is not for everyone; take one from 1024`, error);
    throw error;
  }
}
