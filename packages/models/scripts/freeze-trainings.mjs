/** Write test/golden/trainings.golden.json anew: `node scripts/freeze-trainings.mjs` (after `build`), only where bits are meant to change. */
import { writeFile } from 'node:fs/promises';
import { digestTrainings } from '../test/digest-program.mjs';

const digest = await digestTrainings(await import('../dist/index.js'));
const golden = {
  command: 'node scripts/freeze-trainings.mjs, which runs test/digest-program.mjs on dist/index.js',
  versions: { node: process.version, v8: process.versions.v8 },
  ...digest,
};
const file = new URL('../test/golden/trainings.golden.json', import.meta.url);
await writeFile(file, `${JSON.stringify(golden, null, 2)}\n`);
console.log(golden.sha256);
