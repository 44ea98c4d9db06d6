/**
 * mixup beside its peers: `npm run bench:peers`. The article's Digits experiment (64-80-10, Adam, batch 30, 30 epochs,
 * baseline and append) as whole processes, taken in turn: mixup beside every run of a peer, so that a busy machine is
 * busy for both. Then what `mixup --help` and `mixup run iris` take beside `node -e 0`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { comparePeer } from './comparison.mjs';
import { peers } from './peer-list.mjs';
import { findPython, installedVersions, missingPackages, root, setUpPython } from './python.mjs';
import { drawTable } from './result-table.mjs';

const usage = `npm run bench:peers -- [options]
  --setup       make or complete the Python environment for the chosen peers first
  --only a,b    these peers only: ${peers.map(({ name }) => name).join(', ')}
  --trials n    trials of the experiment, default 20
  --repeat n    how often each is measured, default 1; medians are shown
  --full        run all trials of the slow peers too
  --markdown    print the table as Markdown
  --json        print what was measured as JSON`;

const say = (text) => process.stderr.write(`${text}\n`);

function readOptions() {
  const { values } = parseArgs({
    options: {
      setup: { type: 'boolean', default: false },
      only: { type: 'string' },
      trials: { type: 'string', default: '20' },
      repeat: { type: 'string', default: '1' },
      full: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const names = values.only?.split(',') ?? peers.map(({ name }) => name);
  const unknown = names.find((name) => !peers.some((peer) => peer.name === name));
  if (unknown !== undefined) throw new Error(`--only: no peer is named "${unknown}"`);
  const count = (name) => {
    const value = Number(values[name]);
    if (!(Number.isInteger(value) && value >= 1)) {
      throw new Error(`--${name} must be an integer >= 1, got ${values[name]}`);
    }
    return value;
  };
  const chosen = peers.filter(({ name }) => names.includes(name));
  return { ...values, chosen, trials: count('trials'), repeat: count('repeat') };
}

/** @returns the peers that can run, and the versions of what they run on */
function usablePeers(chosen) {
  const ofPython = chosen.filter(({ packages }) => packages);
  if (ofPython.length === 0) return { usable: chosen, versions: new Map() };
  const python = findPython();
  if (python === undefined) {
    say(
      `no Python for ${ofPython.map(({ name }) => name).join(', ')}: add --setup to make .cache/peers (all of them are`,
    );
    say('8 GB, "--only sklearn --setup" 0.3 GB), or name one that has the packages in MIXUP_PYTHON');
    return { usable: chosen.filter(({ packages }) => !packages), versions: new Map() };
  }
  const packages = ofPython.flatMap((peer) => peer.packages);
  const versions = installedVersions(python, packages);
  const usable = chosen.filter((peer) => {
    const missing = peer.packages ? missingPackages(versions, peer.packages) : [];
    if (missing.length > 0) say(`${peer.name} is left out: ${python} has no ${missing.join(', ')}; add --setup`);
    return missing.length === 0;
  });
  return { usable: usable.map((peer) => (peer.packages ? { ...peer, python } : peer)), versions };
}

// Node reads these certificates at each start, 50 ms and more where they are all of a browser's, and nothing here asks for one.
delete process.env.NODE_EXTRA_CA_CERTS;

let options;
try {
  options = readOptions();
} catch (error) {
  say(`bench:peers: ${error.message}\n${usage}`);
  process.exit(2);
}
if (options.help) {
  console.log(usage);
  process.exit(0);
}
if (options.setup && !process.env.MIXUP_PYTHON) {
  if (!setUpPython(options.chosen.flatMap(({ packages = [] }) => packages))) {
    say('bench:peers: the Python environment could not be made; what pip said is above');
    process.exit(1);
  }
}

const { usable, versions } = usablePeers(options.chosen);
const folder = mkdtempSync(join(tmpdir(), 'mixup-peers-'));
const results = [];
try {
  for (const peer of usable) {
    say(`${peer.name} …`);
    results.push(comparePeer(peer, { ...options, folder, say }));
  }
} finally {
  rmSync(folder, { recursive: true });
}

const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; node ${process.version}`;
const packageVersions = [...versions].map(([name, version]) => `${name} ${version}`).join(', ');
if (options.json) {
  console.log(JSON.stringify({ machine, versions: Object.fromEntries(versions), trials: options.trials, results }));
} else if (results.length > 0) {
  console.log(`${machine}${packageVersions ? `; ${packageVersions}` : ''}\n`);
  console.log(drawTable(results, options));
}
if (!options.json) {
  // It has limits of its own and says whether they hold; a busy machine is no reason to fail here.
  spawnSync(process.execPath, ['apps/cli/bench/startup.mjs'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
}
