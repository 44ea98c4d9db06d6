/** Python for the peers: a virtual environment in the workspace's cache, or whatever MIXUP_PYTHON names. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const environment = `${root}.cache/peers`;
const versions = `${root}bench/peers/requirements.txt`;
const isWindows = process.platform === 'win32';
const ownPython = isWindows ? `${environment}/Scripts/python.exe` : `${environment}/bin/python`;

/** What every peer's script imports. */
const common = ['scikit-learn', 'numpy'];

/** The module that a package brings, where it is not named like it. */
const modules = { 'scikit-learn': 'sklearn', 'tensorflow-cpu': 'tensorflow' };

/** @returns {string | undefined} the interpreter to use */
export function findPython() {
  if (process.env.MIXUP_PYTHON) return process.env.MIXUP_PYTHON;
  return existsSync(ownPython) ? ownPython : undefined;
}

/**
 * Make the environment, or complete it, with the packages of some peers at the versions of requirements.txt.
 *
 * @param {string[]} packages
 * @returns {boolean} whether that succeeded
 */
export function setUpPython(packages) {
  const run = (program, ...words) => {
    const { status, error } = spawnSync(program, words, { cwd: root, stdio: ['ignore', 2, 2] });
    if (error) process.stderr.write(`${program}: ${error.message}\n`);
    return status === 0;
  };
  const made = existsSync(ownPython) || run(isWindows ? 'python' : 'python3', '-m', 'venv', environment);
  const all = [...new Set([...common, ...packages])];
  return made && run(ownPython, '-m', 'pip', 'install', '--disable-pip-version-check', '-c', versions, ...all);
}

/**
 * Tell which packages are there, and in which version.
 *
 * @param {string} python
 * @param {string[]} packages
 * @returns {Map<string, string>} by package; those that are missing are missing
 */
export function installedVersions(python, packages) {
  const all = [...new Set([...common, ...packages])].map((name) => [name, modules[name] ?? name]);
  const program = `
import importlib.metadata as metadata, importlib.util, json, sys
found = {}
for name, module in json.loads(sys.argv[1]):
    if importlib.util.find_spec(module):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "of unknown version"
print(json.dumps(found))`;
  const { status, stdout, stderr, error } = spawnSync(python, ['-c', program, JSON.stringify(all)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${python} does not run: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  return new Map(Object.entries(JSON.parse(stdout)));
}

/** @returns {string[]} what of these, or of what all scripts import, is missing */
export function missingPackages(installed, packages) {
  return [...new Set([...common, ...packages])].filter((name) => !installed.has(name));
}
