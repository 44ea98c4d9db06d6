/** A full disk behind stdout and stderr: one line where there is a place for it, and never a stack. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyFolder } from './bin.ts';

const bin = fileURLToPath(new URL('../bin/mixup.js', import.meta.url));

// A device of Linux that is always full.
describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  let cwd: string;
  beforeAll(() => {
    cwd = emptyFolder();
    writeFileSync(join(cwd, 'ok.csv'), 'a,label\n1.5,x\n2.5,y\n');
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  /** Run in a shell, which opens what stdout and stderr go to. */
  async function shell(words: string): Promise<{ told: string; exitCode: number | null }> {
    const env = { ...process.env, NO_COLOR: '1', TMPDIR: cwd };
    const child = spawn('sh', ['-c', `exec "$0" "$1" ${words}`, process.execPath, bin], { cwd, env });
    child.stdin.end('a,label\n1.5,x\n2.5,y\n');
    let told = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        told += part;
      });
    }
    const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { told, exitCode };
  }

  const commands = [
    'run iris --trials 1 --epochs 2 --quiet --json --out run-json',
    'run iris --trials 1 --epochs 2 --quiet --out run-text',
    'doctor --draws 100 --json',
    'doctor --draws 100',
    'augment ok.csv --target label -q',
    'augment - --target label -q',
    '--help',
  ];

  test.each(commands)('on stdout: %s', async (words) => {
    const line = "mixup: stdout can't be written: no space left on device; send it somewhere else\n";
    expect(await shell(`${words} > /dev/full`)).toEqual({ told: line, exitCode: 1 });
    expect(readdirSync(cwd).filter((name) => name.startsWith('mixup-augment'))).toEqual([]);
  });

  test.each([...commands.map((words) => `${words} > /dev/full`), 'run irsi'])('on stderr: %s', async (words) => {
    const { told, exitCode } = await shell(`${words} 2> /dev/full`);
    expect(told).toBe('');
    expect(exitCode).toBe(words === 'run irsi' ? 2 : 1);
  });

  test('on stderr, while there is still something to tell', async () => {
    const { exitCode } = await shell('augment ok.csv --target label 2> /dev/full > out.csv');
    expect(exitCode).toBe(1);
  });
});
