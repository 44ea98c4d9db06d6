/** The playground, served on this machine, after set-up: what `npm run web` runs. Ctrl-C ends it. */
import { pnpm } from './pnpm.mjs';

await import('./setup.mjs');
// The built site, as anyone has it; `pnpm --filter @mixup/web dev` serves the sources while they are worked on.
pnpm(['--filter', '@mixup/web', 'exec', 'vite', 'preview', '--host', '127.0.0.1', ...process.argv.slice(2)]);
