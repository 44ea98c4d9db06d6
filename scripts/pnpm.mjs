/** The pinned pnpm, through npm alone: nobody needs to install it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The workspace's folder. */
export const root = new URL('../', import.meta.url);

const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

/** Talk, so on stderr: stdout belongs to what runs next. */
export function say(text) {
  process.stderr.write(`mixup: ${text}\n`);
}

/**
 * Run pnpm in the workspace; quiet runs are heard only when they fail.
 *
 * @returns whether it succeeded
 */
export function pnpm(args, { quiet = false } = {}) {
  // A global tool then puts pnpm on the PATH, where turbo looks for it.
  const { status, error, stdout, stderr } = spawnSync('npx', ['--yes', packageManager, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', npm_config_update_notifier: 'false' },
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) return true;
  if (quiet) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  say(error ? `could not run npx: ${error.message}` : `failed: pnpm ${args.join(' ')}`);
  return false;
}
