/** The pictures of docs/performance.md: drawn from what was measured, which is there too. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './source.ts';

const docs = join(root, 'docs');
const committed = readdirSync(docs).filter((name) => /^growth-.*\.svg$/.test(name));

test('the pictures of growth are what npm run bench:growth -- --draw makes of docs/growth.json', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mixup-growth-'));
  try {
    execFileSync(process.execPath, ['bench/growth.mjs', '--draw', folder], { cwd: root });
    expect(readdirSync(folder).sort()).toEqual(committed.sort());
    for (const name of committed) {
      expect(readFileSync(join(folder, name), 'utf8'), name).toBe(readFileSync(join(docs, name), 'utf8'));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('docs/performance.md shows each of them, and has the figures that they show', () => {
  const text = readFileSync(join(docs, 'performance.md'), 'utf8');
  for (const name of committed) expect(text).toContain(`](${name})`);
  const pictures = committed.map((name) => readFileSync(join(docs, name), 'utf8')).join();
  const [, one, two] = /a further trial: ([\d.]+) s, one thread; ([\d.]+) s, two threads/.exec(pictures) ?? [];
  expect(text).toContain(`${one} s a trial on one thread and ${two} s on two`);
  const [, limit] = /side by side, ([\d.]+)/.exec(pictures) ?? [];
  expect(text).toContain(`come to ${limit} times one`);
});
