/**
 * Completes @tensorflow/tfjs-node, whose own install script downloads from a host that firewalls block:
 * `node scripts/native.mjs [project]` does it for the tfjs-node that a project's folder resolves (this workspace's, when absent).
 *
 * The official way first. Else TensorFlow's wheel from PyPI, which carries the whole C API, and the binding (two C++ files)
 * compiled against it: Linux, with g++, make and a Python 3 with pip.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root, say } from './pnpm.mjs';

const HOST = 'https://storage.googleapis.com/tensorflow/';
const PROBE_MS = 5_000;
const OFFICIAL_MS = 180_000;
const TENSORFLOW = '2.21.0';
/** By `process.arch`: what the wheel is called, and for which machine it is. The oldest Python that it names will do: no Python code of it runs. */
const WHEELS = {
  x64: { name: 'tensorflow-cpu', platform: 'manylinux_2_27_x86_64' },
  arm64: { name: 'tensorflow', platform: 'manylinux_2_27_aarch64' },
};
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'tensorflow/tsl/platform', 'xla/tsl/', 'tsl/'];

async function complete(project) {
  const folder = packageFolder(project);
  if (loads(folder).ok) return say(`tfjs-node loads natively already: ${folder}`);
  if (await reachable(HOST)) {
    say('tfjs-node: the official way (node scripts/install.js) …');
    run(process.execPath, ['scripts/install.js'], { cwd: folder, timeout: OFFICIAL_MS });
    if (loads(folder).ok) return say('tfjs-node loads natively');
    say('that did not complete it; TensorFlow from PyPI instead');
  } else {
    say(`${new URL(HOST).host} is out of reach: TensorFlow from PyPI instead of the official way`);
  }
  link(unpackedWheel(), folder);
  compile(folder);
  const { ok, error } = loads(folder);
  if (!ok) throw new Error(`tfjs-node was built but does not load: ${error}`);
  say('tfjs-node loads natively');
}

function packageFolder(project) {
  const { resolve } = createRequire(pathToFileURL(join(project, 'package.json')));
  try {
    return realpathSync(dirname(resolve('@tensorflow/tfjs-node/package.json')));
  } catch {
    throw new Error(
      `@tensorflow/tfjs-node is not installed in ${project}: npm i @tensorflow/tfjs-node --ignore-scripts`,
    );
  }
}

/** In a process of its own: a library that fails to load may end the process. */
function loads(folder) {
  const program =
    "require('util').isNullOrUndefined ??= (v) => v == null; const tf = require(process.argv[1]);" +
    "if (tf.getBackend() !== 'tensorflow') throw new Error(tf.getBackend()); tf.tensor([1]).dataSync();";
  const { status, stderr } = spawnSync(process.execPath, ['-e', program, folder], {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  return { ok: status === 0, error: /^Error: .*$/m.exec(stderr ?? '')?.[0] ?? stderr };
}

async function reachable(url) {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}

/** @returns the folder of the wheel's libraries and headers, in a cache of the user, for every project and checkout */
function unpackedWheel() {
  const wheel = process.platform === 'linux' ? WHEELS[process.arch] : undefined;
  if (!wheel) throw new Error(`there is no such wheel for ${process.platform} ${process.arch}: use the WASM backend`);
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'mixup');
  const unpacked = join(cache, `${wheel.name}-${TENSORFLOW}-${process.arch}`);
  if (existsSync(unpacked)) return unpacked;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'draft-'));
  try {
    say(`downloading ${wheel.name} ${TENSORFLOW} (270 MB) …`);
    const forMachine = ['--python-version=3.11', '--implementation=cp', '--abi=cp311', `--platform=${wheel.platform}`];
    const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:', ...forMachine];
    need('python3', [...pip, `--dest=${draft}`, `${wheel.name}==${TENSORFLOW}`], {});
    const file = readdirSync(draft).find((name) => name.endsWith('.whl'));
    say('unpacking …');
    const wanted = [
      ...LIBRARIES.map((name) => `tensorflow/${name}`),
      ...HEADERS.map((name) => `tensorflow/include/${name}`),
    ];
    need('python3', ['-c', UNZIP, join(draft, file), draft, ...wanted], {});
    rmSync(join(draft, file));
    renameSync(draft, unpacked);
    return unpacked;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another checkout may have been faster.
    if (existsSync(unpacked)) return unpacked;
    throw error;
  }
}

const UNZIP = `import sys, zipfile
archive, folder, *wanted = sys.argv[1:]
with zipfile.ZipFile(archive) as z:
    z.extractall(folder, [name for name in z.namelist() if name.startswith(tuple(wanted))])`;

/** What the binding is compiled against and loads: links into the cache. */
function link(unpacked, folder) {
  rmSync(join(folder, 'deps'), { recursive: true, force: true });
  mkdirSync(join(folder, 'deps/lib'), { recursive: true });
  symlinkSync(join(unpacked, 'tensorflow/include'), join(folder, 'deps/include'));
  for (const name of LIBRARIES) symlinkSync(join(unpacked, 'tensorflow', name), join(folder, 'deps/lib', name));
  symlinkSync('libtensorflow_cc.so.2', join(folder, 'deps/lib/libtensorflow.so'));
  symlinkSync('libtensorflow_framework.so.2', join(folder, 'deps/lib/libtensorflow_framework.so'));
}

function compile(folder) {
  say('compiling the binding …');
  const napi = ['--module_name=tfjs_binding', `--module_path=${join(folder, 'lib/napi-v8')}`];
  const versions = ['--napi_version=9', '--napi_build_version=8'];
  // A Node that came with its headers: node-gyp need not download them.
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
  need('npx', ['--yes', 'node-gyp@11', 'rebuild', ...napi, ...versions, ...headers], {
    cwd: folder,
    env: { ...process.env, CXXFLAGS: '-std=c++17' },
  });
  rmSync(join(folder, 'build'), { recursive: true, force: true });
}

function run(command, args, options) {
  return spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
}

/** @throws Error with the last lines that a command which failed had to say */
function need(command, args, options) {
  const { status, error, stdout, stderr } = run(command, args, options);
  if (status === 0) return;
  const words = error ? error.message : `${stdout}${stderr}`.trim().split('\n').slice(-12).join('\n');
  throw new Error(`${command} failed; the native library takes python3 with pip, g++ and make\n${words}`);
}

const project = process.argv[2] ? resolve(process.argv[2]) : fileURLToPath(root);
try {
  await complete(project);
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
