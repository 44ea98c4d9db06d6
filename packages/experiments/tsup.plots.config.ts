/**
 * Plot and the parts of D3 that it takes, bundled for Node: their hundreds of files take three times as long to load. What is bundled is
 * named in `plots.licenses.txt`, with its licences.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preset } from '../../tsup.preset.ts';

export default preset(
  { plots: 'src/node/plots.ts' },
  {
    clean: false,
    dts: false,
    splitting: false,
    noExternal: ['@observablehq/plot'],
    esbuildPlugins: [
      {
        name: 'licenses',
        setup: ({ initialOptions, onEnd }) => {
          initialOptions.metafile = true;
          onEnd(({ metafile }) => writeLicenses(Object.keys(metafile?.inputs ?? {})));
        },
      },
    ],
  },
);

/** @param inputs the files that were bundled, as paths from here */
function writeLicenses(inputs: readonly string[]): void {
  const folders = inputs.flatMap((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`tsup.plots: ${name} must have a licence file`);
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  if (texts.length === 0) throw new Error('tsup.plots: Plot must be bundled');
  writeFileSync('dist/plots.licenses.txt', texts.join(`\n${'-'.repeat(80)}\n\n`));
}
