/** `mixup augment`, interrupted: nothing of it is left behind. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyFolder, mixup } from './bin.ts';

const rows = (count: number) =>
  `a,label\n${Array.from({ length: count }, (_, i) => `${Math.sin(i)},${'xyz'[i % 3]}\n`).join('')}`;
const words = ['--target', 'label', '-o', 'out.csv'];

let cwd: string;
let env: { readonly TMPDIR: string };
beforeEach(() => {
  cwd = emptyFolder();
  env = { TMPDIR: join(cwd, 'tmp') };
  mkdirSync(env.TMPDIR);
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** Files under the folder for temporary ones, with their sizes. */
const kept = () =>
  readdirSync(env.TMPDIR, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).size);

/** Send a signal, once, as soon as something holds. */
function when(holds: () => boolean, signal: NodeJS.Signals) {
  let sent = false;
  return (kill: (signal: NodeJS.Signals) => void) => {
    if (sent || !holds()) return;
    sent = true;
    kill(signal);
  };
}

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s, which exits with %i', (signal, code) => {
  const line = /^mixup: interrupted; out\.csv is not written\n$/;

  test('while stdin is copied: the copy goes', async () => {
    writeFileSync(join(cwd, 'out.csv'), 'old');
    const { stdout, stderr, exitCode } = await mixup(['augment', '-', ...words], {
      cwd,
      env,
      stdin: rows(1000),
      stdinStays: true,
      watch: when(() => kept().some((size) => size > 0), signal),
    });
    expect(stderr).toMatch(line);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: code });
    expect(readdirSync(env.TMPDIR)).toEqual([]);
    expect(readdirSync(cwd).sort()).toEqual(['out.csv', 'tmp']);
    expect(readFileSync(join(cwd, 'out.csv'), 'utf8')).toBe('old');
  }, 20_000);

  test('while rows are mixed: what was written goes', async () => {
    writeFileSync(join(cwd, 'in.csv'), rows(200_000));
    const isMixing = () =>
      readdirSync(cwd).some((name) => name.endsWith('.part') && statSync(join(cwd, name)).size > 100_000);
    const { stdout, stderr, exitCode } = await mixup(['augment', 'in.csv', ...words, '--ratio', '10', '-q'], {
      cwd,
      env,
      watch: when(isMixing, signal),
    });
    expect(stderr).toMatch(line);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: code });
    expect(readdirSync(cwd).sort()).toEqual(['in.csv', 'tmp']);
  }, 30_000);
});

test('who stops reading stdout leaves no copy of stdin', async () => {
  const bin = fileURLToPath(new URL('../bin/mixup.js', import.meta.url));
  const script = '"$0" "$1" augment - --target label --ratio 10 -q | head -n 1';
  const child = spawn('sh', ['-c', script, process.execPath, bin], { cwd, env: { ...process.env, ...env } });
  child.stdin.end(rows(50_000));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(text).toBe('a,label=x,label=y,label=z\n');
  expect(readdirSync(env.TMPDIR)).toEqual([]);
}, 20_000);
