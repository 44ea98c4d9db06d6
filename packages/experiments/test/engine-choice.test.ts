/** The choice of an engine: what goes together, what it is called in ids, and what is recorded of it. */
import { describe, expect, test } from 'vitest';
import { type ExperimentConfig, parseConfig } from '../src/config.ts';
import { configDigest, trialId } from '../src/digest.ts';
import { createManifest, parseManifest } from '../src/manifest.ts';
import { reportHtml } from '../src/report.ts';
import { reproduceCommand } from '../src/reproduction.ts';
import { summarizeTrials } from '../src/summary.ts';
import { sampleConfig, sampleDataDigest, sampleTrials } from './sample.ts';

const digest = '0123456789abcdef'.repeat(4);
const tfjs = { dataset: 'digits', engine: 'tfjs', backend: 'node' } as const;
const cnn = parseConfig({ ...tfjs, model: 'cnn' });
const record = { engine: 'tfjs', backend: 'node', version: '4.22.0', why: ['node: loads <natively>'] } as const;

describe('the kernel', () => {
  test('is the default, and saying so makes no other experiment', () => {
    const config = parseConfig({ dataset: 'iris' });
    expect(parseConfig({ dataset: 'iris', engine: 'wasm', model: 'mlp' })).toEqual(config);
    expect(Object.keys(config)).not.toContain('engine');
  });

  test('has the digests and trial ids that it had before there was another engine', () => {
    // Of the commit before `engine` came into the config.
    expect(configDigest(parseConfig({ dataset: 'iris' }))).toBe(
      'cea927090483495cfd99f4c7dc3c9d532fd2c3811e97e270c45b516dac26afa8',
    );
    expect(trialId(parseConfig({ dataset: 'digits' }), 'a', 0)).toBe('eb3999fe4a773edb9212975d78c8f464');
  });
});

describe('digests', () => {
  test('tell engine, backend and model apart', () => {
    const inputs = [
      { dataset: 'digits' },
      tfjs,
      { ...tfjs, backend: 'cpu' },
      { ...tfjs, model: 'cnn' },
      { ...tfjs, model: { file: 'a.js', digest } },
      { ...tfjs, model: { file: 'a.js', digest: digest.replace('0', '1') } },
    ];
    expect(new Set(inputs.map((input) => configDigest(parseConfig(input)))).size).toBe(inputs.length);
  });

  test('name a model file by what is in it, wherever it lies', () => {
    const at = (file: string) => configDigest(parseConfig({ ...tfjs, model: { file, digest } }));
    expect(at('/home/a/model.js')).toBe(at('./model.js'));
  });
});

test.each<[object, string]>([
  [{ engine: 'torch' }, 'config: engine must be one of wasm, tfjs, got "torch"'],
  [{ engine: 'tfjs', backend: 'gpu' }, 'config: backend must be one of node, wasm, cpu, webgl, webgpu, got "gpu"'],
  [
    { engine: 'tfjs' },
    'config: backend must be one of node, wasm, cpu, webgl, webgpu with the engine tfjs, got nothing',
  ],
  [{ backend: 'cpu' }, 'config: backend must be left out with the engine wasm, which has none, got "cpu"'],
  [{ model: 'cnn' }, 'config: model must be mlp with the engine wasm, got cnn'],
  [{ model: { file: 'm.js', digest } }, 'config: model must be mlp with the engine wasm, got m.js'],
  [
    { engine: 'tfjs', backend: 'cpu', model: 'cnn', dataset: 'iris' },
    'config: model must not be cnn for iris, whose rows are no images',
  ],
  [
    { engine: 'tfjs', backend: 'wasm', model: 'cnn' },
    'config: backend must not be wasm with the model cnn, as it has no gradients of convolutions; take node or cpu',
  ],
  [{ ...tfjs, model: 'rnn' }, 'config: model must be mlp, cnn or { file, digest } of a model file, got "rnn"'],
  [
    { ...tfjs, model: { file: 'm.js', digest: 'abc' } },
    'config: model must be mlp, cnn or { file, digest } of a model file, got {"file":"m.js","digest":"abc"}',
  ],
])('parseConfig of digits with %j says: %s', (input, line) => {
  expect(() => parseConfig({ dataset: 'digits', ...input })).toThrow(new RangeError(line));
});

test('a config with an engine comes back through JSON as it was', () => {
  for (const config of [cnn, parseConfig({ ...tfjs, model: { file: './m.js', digest } })]) {
    expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  }
});

describe('the record of what was chosen and why', () => {
  const trialsOf = (config: ExperimentConfig, engine: string) =>
    sampleTrials(config).map((trial) => ({ ...trial, engine }));
  const summary = summarizeTrials(cnn, trialsOf(cnn, 'tfjs-tensorflow'), { engine: record });

  test('is in the summary, and in the manifest through JSON', () => {
    expect(summary).toMatchObject({ engine: 'tfjs-tensorflow', engineRecord: record });
    const manifest = createManifest({
      createdAt: '2026-11-23T16:05:00.000Z',
      experiments: [{ config: cnn, dataDigest: sampleDataDigest, engine: record }],
      environment: { node: '20.20.2', platform: 'linux', arch: 'x64', cpu: 'One', cores: 2 },
      packages: {},
    });
    expect(parseManifest(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
    expect(manifest.experiments[0]?.engine).toEqual(record);
  });

  test('is in the report, as text', () => {
    const html = reportHtml({ document: { schema: 1, experiments: [summary] }, pictures: {} });
    expect(html).toContain(
      'model cnn · engine tfjs on node, TensorFlow.js 4.22.0 (chosen: node: loads &lt;natively&gt;)',
    );
    const kernel = summarizeTrials(sampleConfig(), sampleTrials());
    expect(reportHtml({ document: { schema: 1, experiments: [kernel] }, pictures: {} })).toContain('engine wasm<');
  });

  test('trials of another engine are refused', () => {
    expect(() => summarizeTrials(cnn, trialsOf(cnn, 'tfjs-cpu'))).toThrow(
      new RangeError('summarizeTrials: trials must be of tfjs-tensorflow, got one of tfjs-cpu'),
    );
    const mixed = [...sampleTrials(), ...trialsOf(sampleConfig(), 'tfjs-wasm').slice(0, 1)];
    expect(() => summarizeTrials(sampleConfig(), mixed)).toThrow('trials must be of wasm, got one of tfjs-wasm');
  });
});

test('the command names engine, backend and model where they are not the defaults', () => {
  expect(reproduceCommand(cnn)).toMatch(/ --engine tfjs --backend node --model cnn$/);
  const file = parseConfig({ ...tfjs, model: { file: "my model's.js", digest } });
  expect(reproduceCommand(file)).toMatch(/ --model 'my model'\\''s\.js'$/);
  expect(reproduceCommand(parseConfig({ dataset: 'iris' }))).not.toMatch(/engine|backend|model/);
});
