/** Run directories on a real disk: what is written, resumed, refused. */
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createManifest, type ManifestInput } from '../src/manifest.ts';
import { openRunDirectory, type RunDirectory } from '../src/node/run-directory.ts';
import { writeResults } from '../src/node/run-results.ts';
import type { ExperimentSummary, History, TrialResult } from '../src/result.ts';
import { summarizeTrials } from '../src/summary.ts';
import { parseTrialResult } from '../src/trial-schema.ts';
import { sampleConfig, sampleDataDigest, sampleTrial, sampleTrials } from './sample.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mixup-'));
  path = join(folder, 'a', 'run');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const digits = sampleConfig({ trials: 4 });
const iris = sampleConfig({ dataset: 'iris', trials: 3 });
const all = [...sampleTrials(digits), ...sampleTrials(iris)];

function manifestOf(configs = [digits, iris], input: Partial<ManifestInput> = {}) {
  return createManifest({
    createdAt: '2026-11-23T16:05:00.000Z',
    experiments: configs.map((config) => ({ config, dataDigest: sampleDataDigest })),
    environment: { node: '20.20.2', platform: 'linux', arch: 'x64', cpu: 'One', cores: 2 },
    packages: { '@mixup/models': '1.0.0' },
    ...input,
  });
}

const read = (name: string) => readFileSync(join(path, name), 'utf8');
const open = (manifest = manifestOf()) => openRunDirectory(path, { manifest });

/** The arms of the first trial, with other figures on the held-out rows for one of them. */
function withHeldOut(figures: Partial<History>) {
  const { append, ...rest } = (all[0] as TrialResult).arms;
  return { arms: { ...rest, append: { ...append, heldOut: { ...append?.heldOut, ...figures } } } };
}

async function run(trials = all, manifest = manifestOf()) {
  const directory = await open(manifest);
  for (const trial of trials) directory.append(trial);
  await directory.complete();
}

test('trials.jsonl has the same bytes for whatever order of appending and order of keys', async () => {
  await run();
  const bytes = read('trials.jsonl');
  expect(
    bytes
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(all);
  rmSync(path, { recursive: true });
  const shuffled = all.toReversed().map((trial) => {
    const arms = Object.fromEntries(Object.entries(trial.arms).reverse());
    return Object.fromEntries(Object.entries({ ...trial, arms }).reverse()) as unknown as typeof trial;
  });
  await run(shuffled);
  expect(read('trials.jsonl')).toBe(bytes);
});

test('a trial is in the file once append returns', async () => {
  const directory = await open();
  directory.append(all[5] as TrialResult);
  expect(parseTrialResult(JSON.parse(read('trials.jsonl')))).toEqual(all[5]);
  // Once is enough.
  directory.append(all[5] as TrialResult);
  expect(read('trials.jsonl').trimEnd().split('\n')).toHaveLength(1);
  await directory.complete();
  expect(() => directory.append(all[0] as TrialResult)).toThrow('is complete');
});

test('an interrupted run is resumed: its trials come back, and the end is that of a run at one go', async () => {
  await run();
  const bytes = read('trials.jsonl');
  rmSync(path, { recursive: true });
  const first = await open();
  for (const trial of [all[3], all[0], all[6]]) first.append(trial as TrialResult);
  // The first one ends here, with no chance to tidy up.
  const second = await open();
  expect(second.finished('digits').map(({ trial }) => trial)).toEqual([0, 3]);
  expect(second.finished('iris')).toEqual([all[6]]);
  expect(second.finished('wine')).toEqual([]);
  for (const trial of all) second.append(trial);
  await second.complete();
  expect(read('trials.jsonl')).toBe(bytes);
});

test('a run is resumed with more trials, in another environment, at another time, and keeps its date', async () => {
  await run();
  const environment = { node: '22.0.0', platform: 'darwin', arch: 'arm64', cpu: 'Other', cores: 8 };
  const more = manifestOf([iris, { ...digits, trials: 50 }], { createdAt: '2027-01-01T00:00:00.000Z', environment });
  const directory = await open(more);
  expect(directory.finished('digits')).toHaveLength(4);
  await directory.complete();
  expect(JSON.parse(read('manifest.json'))).toEqual({ ...more, createdAt: '2026-11-23T16:05:00.000Z' });
});

test('fewer trials than there are throw none away', async () => {
  await run();
  const bytes = read('trials.jsonl');
  await run([], manifestOf([{ ...digits, trials: 1 }, iris]));
  expect(read('trials.jsonl')).toBe(bytes);
});

test('a torn last line is dropped, and what is appended after it is whole', async () => {
  const directory = await open();
  directory.append(all[0] as TrialResult);
  const line = read('trials.jsonl');
  // As a process leaves it that ends while it writes.
  appendFileSync(join(path, 'trials.jsonl'), JSON.stringify(all[1]).slice(0, 500));
  const resumed = await open();
  expect(resumed.finished('digits')).toEqual([all[0]]);
  expect(read('trials.jsonl')).toBe(line);
  resumed.append(all[1] as TrialResult);
  expect(read('trials.jsonl').trimEnd().split('\n')).toHaveLength(2);
  await resumed.complete();
});

test.each([
  ['an id of another trial', { id: (all[1] as TrialResult).id }],
  ['an id of another seed', sampleTrial({ ...digits, seed: 1 }, 2)],
  ['another engine', { engine: 'tfjs-cpu' }],
  ['data of another digest', { dataDigest: 'f'.repeat(64) }],
  [
    'an accuracy above 1',
    { arms: JSON.parse(JSON.stringify(all[0]?.arms).replace(/"accuracy":\[[^,]+,/, '"accuracy":[7,')) },
  ],
  ['an arm too few', { arms: { baseline: all[0]?.arms.baseline } }],
  ['fewer losses than epochs', withHeldOut({ loss: [1] })],
  ['fewer accuracies than epochs', withHeldOut({ accuracy: [1] })],
  ['a key too many', { more: 1 }],
  ['a key called __proto__', JSON.parse('{"__proto__": {"x": 1}}')],
])('a line with %s is ignored, one beside it is not', async (_, wrong) => {
  await run([]);
  const lines = [JSON.stringify({ ...all[0], ...wrong }), JSON.stringify(all[2]), '[]', ''];
  writeFileSync(join(path, 'trials.jsonl'), lines.join('\n'));
  const directory = await open();
  expect(directory.finished('digits')).toEqual([all[2]]);
  await directory.complete();
});

test('a trial of another run can not be appended', async () => {
  const directory = await open();
  expect(() => directory.append(sampleTrial({ ...digits, seed: 1 }, 0))).toThrow(
    new RangeError('append: trial must be of this run, got trial 0 of digits'),
  );
  await directory.complete();
});

test.each([
  ['another seed', () => manifestOf([{ ...digits, seed: 1 }, iris]), 'holds another experiment; choose another --out'],
  ['one experiment fewer', () => manifestOf([digits]), 'holds another experiment; choose another --out'],
  [
    'other data',
    () => manifestOf([], { experiments: [digits, iris].map((config) => ({ config, dataDigest: 'f'.repeat(64) })) }),
    'holds another experiment; choose another --out',
  ],
  [
    'another version',
    () => manifestOf(undefined, { packages: { '@mixup/models': '1.1.0' } }),
    '@mixup/models 1.0.0, now 1.1.0',
  ],
])('a folder of a run with %s is refused and left as it is', async (_, manifest, message) => {
  await run();
  const before = readdirSync(path).map((name) => [name, read(name)]);
  await expect(open(manifest())).rejects.toThrow(message);
  expect(readdirSync(path).map((name) => [name, read(name)])).toEqual(before);
});

test.each([
  [
    'another engine',
    { engine: 'tfjs', backend: 'cpu' },
    'was begun with another engine (digits: mlp on wasm, now mlp on tfjs cpu), and results would not mix; choose another --out',
  ],
  ['another model', { engine: 'tfjs', backend: 'node', model: 'cnn' }, '(digits: mlp on wasm, now cnn on tfjs node)'],
])('a folder of a run with %s is refused, which is said, and left as it is', async (_, settings, message) => {
  await run();
  const before = read('manifest.json');
  await expect(open(manifestOf([sampleConfig({ trials: 4, ...settings }), iris]))).rejects.toThrow(message);
  expect(read('manifest.json')).toBe(before);
});

test('a folder with something else in it is refused and left as it is, an empty one is taken', async () => {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'thesis.txt'), 'years');
  await expect(open()).rejects.toThrow(`run directory ${path} is not empty and holds no run; choose another --out`);
  expect(readdirSync(path)).toEqual(['thesis.txt']);
  rmSync(join(path, 'thesis.txt'));
  await (await open()).complete();
  expect(readdirSync(path).sort()).toEqual(['manifest.json', 'trials.jsonl']);
});

test.each(['{"name": "a web app"}', '{', 'null', '{"schema": 2}'])(
  'a manifest.json of %s is refused and left as it is',
  async (text) => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'manifest.json'), text);
    const error = await open().catch((error: Error) => error);
    expect(error).toMatchObject({
      message: expect.stringContaining('holds a manifest.json of another kind'),
      cause: expect.any(Error),
    });
    expect(read('manifest.json')).toBe(text);
  },
);

test('a file where the folder should be is said in one line, with the cause', async () => {
  writeFileSync(join(folder, 'a'), '');
  for (const place of [join(folder, 'a'), path]) {
    const error = await openRunDirectory(place, { manifest: manifestOf() }).catch((error: Error) => error);
    expect(error).toMatchObject({
      message: `run directory ${place} can't be read: it, or a folder above it, is a file; choose another --out`,
      cause: { code: 'ENOTDIR' },
    });
  }
});

test.runIf(process.platform === 'linux')('a folder that the system makes for nobody is said in one line', async () => {
  for (const name of ['/proc/mixup-run', '/proc/mixup/run']) {
    await expect(openRunDirectory(name, { manifest: manifestOf() })).rejects.toThrow(
      `run directory ${name} can't be written: no folder can be made there; choose another --out`,
    );
  }
});

test('a read-only folder, and a folder within one, are said in one line, with the cause', async () => {
  chmodSync(folder, 0o555);
  // Root may write anywhere, so this is nobody's errand.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    for (const place of [folder, path]) {
      const error = await openRunDirectory(place, { manifest: manifestOf() }).catch((error: Error) => error);
      expect(error).toMatchObject({
        message: expect.stringMatching(
          /^run directory [^\n]+ can't be (read|written): permission denied; choose another --out$/,
        ),
        cause: { code: 'EACCES' },
      });
    }
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
});

test.each(['../up.txt', 'a/b', '', '.hidden', '..', 'a\\b'])('a file can not be called "%s"', async (name) => {
  const directory = await open();
  await expect(directory.writeText(name, 'x')).rejects.toThrow(RangeError);
  await directory.complete();
});

test('what can not be written is told by the first that failed, when no other file is being written any more', async () => {
  const directory = await open();
  for (const trial of all) directory.append(trial);
  const experiments = [digits, iris].map((config) => summarizeTrials(config, directory.finished(config.dataset)));
  const unhandled: unknown[] = [];
  const listen = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', listen);
  try {
    let underWay = 0;
    const failing = (wrong: string): RunDirectory => {
      const write = async (name: string, written: Promise<void>) => {
        underWay++;
        await written;
        await new Promise((resolve) => setTimeout(resolve, name === wrong ? 1 : 30));
        underWay--;
        if (name === wrong) throw new Error(`${name}: no space is left`);
      };
      return {
        ...directory,
        writeDocument: (document) => write('summary.json', directory.writeDocument(document)),
        writeText: (name, text) => write(name, directory.writeText(name, text)),
        writeBytes: (name, bytes) => write(name, directory.writeBytes(name, bytes)),
      };
    };
    for (const wrong of ['summary.json', 'digits.png', 'iris.svg', 'report.html']) {
      const results = writeResults(failing(wrong), { schema: 1, experiments });
      await expect(results).rejects.toThrow(`${wrong}: no space is left`);
      expect(underWay).toBe(0);
    }
    // What can't be drawn, after the first pictures were begun.
    const [first, second] = experiments as [ExperimentSummary, ExperimentSummary];
    const results = writeResults(failing('none'), { schema: 1, experiments: [first, { ...second, arms: {} }] });
    await expect(results).rejects.toThrow('must have at least one arm');
    expect(underWay).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', listen);
  }
  await directory.complete();
});

test('results are written as the files that are promised, the same for the same trials, with no draft left', async () => {
  const write = async () => {
    const directory = await open();
    for (const trial of all) directory.append(trial);
    await directory.complete();
    const experiments = [digits, iris].map((config) => summarizeTrials(config, directory.finished(config.dataset)));
    const names = await writeResults(directory, { schema: 1, experiments });
    return {
      names,
      experiments,
      files: readdirSync(path)
        .sort()
        .map((name) => [name, readFileSync(join(path, name), 'base64')]),
    };
  };
  const { names, experiments, files } = await write();
  expect([...names, 'manifest.json', 'trials.jsonl'].sort()).toEqual(files.map(([name]) => name));
  expect(names.sort()).toEqual([
    'digits-differences.png',
    'digits-differences.svg',
    'digits.png',
    'digits.svg',
    'iris-differences.png',
    'iris-differences.svg',
    'iris.png',
    'iris.svg',
    'report.html',
    'summary.json',
  ]);
  expect(JSON.parse(read('summary.json'))).toEqual({ schema: 1, experiments });
  rmSync(path, { recursive: true });
  expect((await write()).files).toEqual(files);
});

test('createManifest refuses two experiments of one data set, and none', () => {
  expect(() => manifestOf([digits, { ...digits, seed: 1 }])).toThrow(
    'must be one experiment per data set, got [digits, digits]',
  );
  expect(() => manifestOf([])).toThrow(RangeError);
});
