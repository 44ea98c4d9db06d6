import { cpSync } from 'node:fs';
import { preset } from '../../tsup.preset.ts';

// What is small is bundled, so that `mixup --help` reads two files. The packages of the workspace are not: their thread
// worker is a file that must be found beside them.
export default preset(
  { main: 'src/main.ts' },
  {
    platform: 'node',
    removeNodeProtocol: false,
    dts: false,
    noExternal: ['commander', 'csv-parse', 'csv-stringify', 'fastest-levenshtein', 'picocolors'],
    external: [/^@mixup\//],
    // Commander is CommonJS and asks for Node's own modules.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
    // The playground comes along: the site that apps/web builds.
    onSuccess: async () => cpSync('../web/dist', 'dist/playground', { recursive: true }),
  },
);
