/** The built command line as a process of its own, to hold the page to. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrialResult } from '@mixup/experiments';

const bin = fileURLToPath(new URL('../../cli/bin/mixup.js', import.meta.url));

export interface CommandResult {
  /** What `--json` printed. */
  readonly json: string;
  /** SHA-256 of `trials.jsonl`. */
  readonly digest: string;
  readonly trials: readonly TrialResult[];
  /** The accuracy plot. */
  readonly svg: string;
}

/** @param words what follows "mixup run", the data set first */
export function mixupRun(words: readonly string[]): CommandResult {
  if (!existsSync(fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url)))) {
    throw new Error('apps/cli/dist is not there: build first (pnpm run build at the root)');
  }
  const folder = mkdtempSync(join(tmpdir(), 'mixup-web-'));
  try {
    const out = join(folder, 'run');
    const json = execFileSync(process.execPath, [bin, 'run', ...words, '--json', '--quiet', '--out', out], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const trials = readFileSync(join(out, 'trials.jsonl'), 'utf8');
    return {
      json,
      digest: createHash('sha256').update(trials).digest('hex'),
      trials: trials
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
      svg: readFileSync(join(out, `${words[0]}.svg`), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Run a program in the workspace, where its packages are. */
export function runCode(code: string): string {
  const cache = fileURLToPath(new URL('../../../.cache', import.meta.url));
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'code-'));
  try {
    writeFileSync(join(folder, 'program.mjs'), code);
    return execFileSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
