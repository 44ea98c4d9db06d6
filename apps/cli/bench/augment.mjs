/** `mixup augment` on a million rows: its time, and the most memory it takes (on Linux). Needs the build. */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'mixup-bench-'));
const bin = fileURLToPath(new URL('../bin/mixup.js', import.meta.url));

async function write(path, rows) {
  const stream = createWriteStream(path);
  stream.write('id,a,b,city,label\n');
  for (let start = 0; start < rows; start += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - start) }, (_, k) => {
      const n = start + k;
      return `${n},${Math.sin(n)},${Math.cos(n)},town ${n % 5000},${'xyz'[n % 3]}\n`;
    });
    if (!stream.write(lines.join(''))) await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();
  await finished(stream);
}

/** The kernel's own count of the most that was resident. */
function peakMegabytes(pid) {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) / 1024;
}

try {
  for (const rows of [10_000, 100_000, 1_000_000]) {
    const path = join(folder, `${rows}.csv`);
    await write(path, rows);
    const start = performance.now();
    const words = ['augment', path, '--target', 'label', '-o', join(folder, 'out.csv'), '-q'];
    const child = spawn(process.execPath, [bin, ...words], { stdio: 'inherit' });
    let peak = 0;
    const watching = setInterval(() => {
      try {
        peak = Math.max(peak, peakMegabytes(child.pid));
      } catch {
        // It has just ended.
      }
    }, 20);
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    clearInterval(watching);
    if (exitCode !== 0) throw new Error(`mixup augment ended with ${exitCode}`);
    const seconds = (performance.now() - start) / 1000;
    const size = statSync(path).size / 2 ** 20;
    console.log(
      `${String(rows).padStart(9)} rows, ${size.toFixed(1).padStart(5)} MiB: ${seconds.toFixed(1).padStart(6)} s, at most ${peak.toFixed(0)} MiB resident`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
