/** `mixup run` on TensorFlow.js, from end to end: the built program, in processes of its own. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTensorFlow } from '@mixup/models/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installBare, installTensorFlow } from './bare-install.ts';
import { emptyFolder, mixup } from './bin.ts';

const all = process.env.MIXUP_REQUIRE_ALL === '1';
const native = await loadTensorFlow({ backend: 'node' }).then(
  () => undefined,
  (error: Error) => error.message,
);
if (native && !all) console.log(`skipped: mixup run on tfjs-node; \`npm run native\` completes it (${native})`);
const skipNative = native !== undefined && !all;

let folder: string;
beforeAll(() => {
  folder = emptyFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (out: string, name: string) => readFileSync(join(out, name), 'utf8');
const trialsOf = (out: string) => fileOf(out, 'trials.jsonl').trim().split('\n');
const summaryOf = (out: string) => JSON.parse(fileOf(out, 'summary.json')).experiments[0];

/** The command of a report, as words. */
function commandOf(out: string): string[] {
  const [, command = ''] = fileOf(out, 'report.html').match(/<pre><code>npx mixup (.*?)<\/code>/) ?? [];
  return command.replace(/<[^>]*>/g, '').split(' ');
}

/** The model file that the README shows. */
const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
const [, example = ''] = readme.match(/^```js\n([\s\S]*?)^```/m) ?? [];
const convolution = example.replace(/tf\.layers\.dense\(\{ units: 32.*\}\),/, (dense) =>
  [
    'tf.layers.reshape({ targetShape: [shape.inputs, 1] }),',
    "tf.layers.conv1d({ filters: 2, kernelSize: 1, kernelInitializer: 'ones' }),",
    'tf.layers.flatten(),',
    dense,
  ].join('\n'),
);
const short = ['--trials', '3', '--epochs', '3', '--arms', 'baseline,append'];

describe('the convolutional network on native TensorFlow', () => {
  const words = ['run', 'digits', '--model', 'cnn', '--trials', '3', '--epochs', '2', '--arms', 'baseline,append'];

  test.skipIf(skipNative)(
    'learns Digits, tells what trains, and writes a report whose command gives the same trials',
    async () => {
      const [out, again] = [join(folder, 'cnn'), join(folder, 'cnn-again')];
      const { stdout, stderr, exitCode } = await mixup([...words, '--out', out]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(
        /^digits {2}article protocol · 3 trials .*\n {8}cnn, tfjs on node, TensorFlow\.js 4\.\d+\.\d+\n/,
      );
      // Nothing of TensorFlow's own log.
      expect(stderr).toMatch(
        /^engine: tfjs on node \(node: @tensorflow\/tfjs-node .* loads natively\)\n(digits: .*\n)*files are in .*\n$/,
      );
      const { arms, engine, engineRecord, config } = summaryOf(out);
      // 2 epochs: far above the tenth that is chance.
      expect(arms.baseline.finalAccuracy.mean).toBeGreaterThan(0.8);
      expect({ engine, engineRecord }).toMatchObject({
        engine: 'tfjs-tensorflow',
        engineRecord: { engine: 'tfjs', backend: 'node', why: [expect.stringContaining('loads natively')] },
      });
      expect(config).toMatchObject({ engine: 'tfjs', backend: 'node', model: 'cnn' });
      expect(JSON.parse(fileOf(out, 'manifest.json'))).toMatchObject({
        experiments: [{ engine: engineRecord }],
        packages: { '@tensorflow/tfjs-node': engineRecord.version },
      });
      expect(fileOf(out, 'report.html')).toContain('model cnn · engine tfjs on node, TensorFlow.js');

      const command = commandOf(out);
      expect(command.join(' ')).toMatch(/--engine tfjs --backend node --model cnn$/);
      expect((await mixup([...command, '--workers', '1', '--out', again])).exitCode).toBe(0);
      expect(trialsOf(again)).toEqual(trialsOf(out));
      expect(fileOf(again, 'summary.json')).toBe(fileOf(out, 'summary.json'));
    },
  );

  test.skipIf(skipNative)(
    'keeps what is finished on Ctrl-C, and goes on to the bytes of a run without a break',
    async () => {
      const [broken, whole] = [join(folder, 'cnn-broken'), join(folder, 'cnn')];
      let sent = false;
      const first = await mixup([...words, '--workers', '1', '--out', broken], {
        watch: (kill) => {
          if (sent || !existsSync(join(broken, 'trials.jsonl')) || fileOf(broken, 'trials.jsonl') === '') return;
          sent = true;
          kill('SIGINT');
        },
      });
      expect(first.exitCode).toBe(130);
      expect(first.stderr).toContain(`go on with: mixup ${words.join(' ')}`);
      expect(trialsOf(broken).length).toBeLessThan(3);
      expect((await mixup([...words, '--out', broken])).exitCode).toBe(0);
      expect(trialsOf(broken)).toEqual(trialsOf(whole));
    },
  );
});

describe('a model file', () => {
  const run = (name: string, text: string, ...more: string[]) => {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'my-model.js'), text);
    const usual = more.includes('--arms') ? short.slice(0, short.indexOf('--arms')) : short;
    return mixup(['run', 'iris', '--model', './my-model.js', ...usual, '--out', 'out', ...more], { cwd });
  };

  test('as the README shows it trains on any backend, the report gives the same again, and its content is in the config', async () => {
    expect(example).toContain('export default');
    const first = await run('example', example, '--backend', 'cpu', '--seed', '5');
    expect(first.exitCode).toBe(0);
    const out = join(folder, 'example', 'out');
    const { config, engine } = summaryOf(out);
    expect(engine).toBe('tfjs-cpu');
    expect(config.model).toEqual({ file: './my-model.js', digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const command = commandOf(out);
    expect(command.join(' ')).toMatch(/--engine tfjs --backend cpu --model \.\/my-model\.js$/);
    const cwd = join(folder, 'example');
    expect((await mixup([...command, '--out', 'again'], { cwd })).exitCode).toBe(0);
    expect(trialsOf(join(cwd, 'again'))).toEqual(trialsOf(out));

    // The folder of a run is not gone on with by another model.
    writeFileSync(join(cwd, 'my-model.js'), example.replace('units: 32', 'units: 33'));
    const other = await mixup([...command, '--out', 'again'], { cwd });
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toMatch(/was begun with another engine \(iris: \.\/my-model\.js on tfjs cpu, now /);
  });

  test.each<[string, string, string[], RegExp]>([
    [
      'exports no function',
      'export default 7;',
      [],
      /--model \.\/my-model\.js must export a function as its default, .*got number/,
    ],
    [
      'has a mistake',
      'export default (tf) => nowhere;',
      [],
      /--model \.\/my-model\.js can't be built: nowhere is not defined/,
    ],
    [
      'gives 5 outputs',
      example.replace('units: shape.outputs', 'units: 5'),
      [],
      /must take rows of 4 and give 3 numbers, .*got 4 and 5/,
    ],
    [
      'drops units by chance',
      example.replace('tf.layers.softmax()', 'tf.layers.dropout({ rate: 0.5 }), tf.layers.softmax()'),
      [],
      /--model \.\/my-model\.js can't be built: createNetwork: model must draw no chance in training, got Dropout in /,
    ],
    [
      'has no hidden layer for manifold mixup',
      `export default (tf, { shape, seed }) => {
        const inputs = tf.input({ shape: [shape.inputs] });
        const kernelInitializer = tf.initializers.glorotUniform({ seed: seed + 1 });
        return tf.model({ inputs, outputs: tf.layers.dense({ units: shape.outputs, kernelInitializer }).apply(inputs) });
      };`,
      ['--backend', 'cpu', '--arms', 'baseline,manifold'],
      /--model \.\/my-model\.js must be a tf\.sequential with hidden layers for --arms manifold, got none /,
    ],
    [
      'has convolutions',
      convolution,
      ['--backend', 'wasm'],
      /--backend wasm has no gradients of convolutions, which --model/,
    ],
  ])('that %s is refused in one line before anything is written', async (name, text, more, line) => {
    const backend = more.length > 0 ? more : ['--backend', 'cpu'];
    const { stdout, stderr, exitCode } = await run(name, text, ...backend);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr.split('\n').filter((told) => told.startsWith('mixup: '))).toHaveLength(1);
    expect(stderr).toMatch(line);
    expect(readdirSync(join(folder, name))).toEqual(['my-model.js']);
  });

  test('that is missing is refused in one line', async () => {
    const { stderr, exitCode } = await mixup(['run', 'iris', '--model', './none.js'], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stderr).toBe("mixup: --model ./none.js can't be read: there is no such file\n");
  });
});

describe('where the program is installed without TensorFlow.js', () => {
  let home: string;
  let program: string;
  const run = (...words: string[]) => mixup(['run', 'iris', ...short, ...words], { cwd: home, program });
  beforeAll(() => {
    home = emptyFolder();
    program = installBare(home);
  });
  afterAll(() => rmSync(home, { recursive: true }));

  test('the kernel runs, and auto takes it', async () => {
    expect((await run('--engine', 'auto', '--out', 'kernel')).exitCode).toBe(0);
    expect(summaryOf(join(home, 'kernel')).engine).toBe('wasm');
  });

  test('tfjs says in one line what to type', async () => {
    const { stdout, stderr, exitCode } = await run('--engine', 'tfjs', '--out', 'none');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toMatch(
      /^mixup: no TensorFlow\.js can start here [^\n]*not installed: npm i @tensorflow\/tfjs-node; [^\n]*\n$/,
    );
    expect(existsSync(join(home, 'none'))).toBe(false);
  });

  test("the packages of the user's project are found, auto takes the best of them, and the record says why", async () => {
    installTensorFlow(home, ['tfjs-core', 'tfjs-layers', 'tfjs-backend-wasm']);
    expect((await run('--engine', 'tfjs', '--out', 'wasm')).exitCode).toBe(0);
    expect(summaryOf(join(home, 'wasm'))).toMatchObject({
      engine: 'tfjs-wasm',
      engineRecord: {
        backend: 'wasm',
        why: [
          'node: not installed: npm i @tensorflow/tfjs-node',
          expect.stringMatching(/^wasm: @tensorflow\/tfjs-backend-wasm 4/),
        ],
      },
    });
    // A model with convolutions takes the next one, though nobody can see them from outside.
    writeFileSync(join(home, 'my-model.mjs'), convolution);
    const wanting = await run('--model', './my-model.mjs', '--out', 'convolution');
    expect(wanting.exitCode).toBe(1);
    expect(wanting.stderr).toMatch(
      /wasm: has no gradients of convolutions; cpu: not installed: npm i @tensorflow\/tfjs-backend-cpu/,
    );
    installTensorFlow(home, ['tfjs-backend-cpu']);
    expect((await run('--model', './my-model.mjs', '--out', 'convolution')).exitCode).toBe(0);
    expect(summaryOf(join(home, 'convolution')).engine).toBe('tfjs-cpu');
  });
});
