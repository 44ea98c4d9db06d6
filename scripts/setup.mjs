/** Set-up on a machine that has only Node and npm: the packages, then the build. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pnpm, root, say } from './pnpm.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(`Node 20.19 or newer is needed, this is ${process.versions.node}: see https://nodejs.org`);
  process.exit(1);
}

// Nothing is installed again while what decides the installation is the same.
const stamp = new URL('node_modules/.mixup-setup', root);
const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((file) =>
  readFileSync(new URL(file, root)),
);
const digest = createHash('sha256').update(Buffer.concat(inputs)).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
  say('installing packages …');
  if (!pnpm(['install', '--frozen-lockfile', '--reporter=append-only'], { quiet: true })) process.exit(1);
  writeFileSync(stamp, digest);
}
say('building …');
if (!pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only', '--log-order=grouped'], { quiet: true })) {
  process.exit(1);
}
