/** The built program as a process of its own. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/mixup.js', import.meta.url));
const built = fileURLToPath(new URL('../dist/main.js', import.meta.url));
if (!existsSync(built)) throw new Error('apps/cli/dist is not there: build first (pnpm run build at the root)');

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export interface RunOptions {
  /** Another copy of the program than that of the workspace. */
  readonly program?: string;
  readonly cwd?: string;
  /** Beside what a process needs: no colour and CI variable comes from outside. */
  readonly env?: Readonly<Record<string, string>>;
  /** What stdin gives; without it there is none. */
  readonly stdin?: string;
  /** Whether more may follow on stdin, for ever. */
  readonly stdinStays?: boolean;
  /** Called with all of stdout so far. */
  readonly onStdout?: (text: string) => void;
  /** Called with all of stderr so far, and with the way to send a signal. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
  /** Called every few milliseconds, with the way to send a signal. */
  readonly watch?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** Run `mixup` to its end. */
export function mixup(words: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.program ?? bin, ...words], {
      cwd: options.cwd ?? tmpdir(),
      env: { PATH, HOME, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // Who stops before the end does not read it all.
    child.stdin.on('error', () => {}).write(options.stdin ?? '');
    if (!options.stdinStays) child.stdin.end();
    const outcome = { stdout: '', stderr: '' };
    const kill = (signal: NodeJS.Signals) => void child.kill(signal);
    const watching = setInterval(() => options.watch?.(kill), 5);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      outcome.stdout += text;
      options.onStdout?.(outcome.stdout);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      outcome.stderr += text;
      options.onStderr?.(outcome.stderr, kill);
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearInterval(watching);
      resolve({ ...outcome, exitCode });
    });
  });
}

/** A new empty folder. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mixup-cli-'));
}
