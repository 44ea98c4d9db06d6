/** All checks and tests, after set-up: what `npm test` runs. Ends with the closing line, whatever failed. */
import { rmSync } from 'node:fs';
import { pnpm } from './pnpm.mjs';
import { resultFiles } from './results.mjs';

await import('./setup.mjs');
for (const file of resultFiles()) rmSync(file);
const tasks = ['check', 'check:root', 'test', 'test:root'];
// Two at once: the tests that start threads and browsers should not starve each other.
const options = ['--concurrency=2', '--continue', '--output-logs=new-only', '--log-order=grouped'];
if (!pnpm(['exec', 'turbo', 'run', ...tasks, ...options])) process.exitCode = 1;
await import('./count.mjs');
