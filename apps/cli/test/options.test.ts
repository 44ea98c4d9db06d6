import { armNames, backendNames, engineNames, parseConfig, protocolNames } from '@mixup/experiments';
import { describe, expect, test } from 'vitest';
import { arms, backends, datasets, defaults, engines, images, models, protocols } from '../src/defaults.ts';
import { explain } from '../src/errors.ts';
import { parseRunOptions, type TypedOptions } from '../src/options.ts';
import { suggest } from '../src/suggestion.ts';

const parse = (names: readonly string[], typed: TypedOptions = {}) => parseRunOptions(names, typed, parseConfig);

function refusal(names: readonly string[], typed: TypedOptions = {}) {
  try {
    parse(names, typed);
  } catch (error) {
    return explain(error);
  }
  throw new Error('it was taken');
}

test('what the help calls the defaults is what the schema fills in', () => {
  for (const dataset of Object.keys(datasets) as (keyof typeof datasets)[]) {
    expect(parseConfig({ dataset })).toMatchObject({ ...defaults, mixSize: defaults.mixSize[dataset] });
  }
  expect(Object.keys(arms)).toEqual([...armNames]);
  expect(Object.keys(protocols)).toEqual([...protocolNames]);
  expect(Object.keys(engines)).toEqual(['auto', ...engineNames]);
  // The others are for browsers.
  expect(Object.keys(backends)).toEqual(backendNames.filter((name) => !name.startsWith('web')));
  for (const dataset of Object.keys(datasets)) {
    const config = { dataset, engine: 'tfjs', backend: 'cpu' };
    for (const model of Object.keys(models)) {
      const taken = model === 'mlp' || (images as readonly string[]).includes(dataset);
      if (taken) expect(parseConfig({ ...config, model }).dataset).toBe(dataset);
      else expect(() => parseConfig({ ...config, model })).toThrow('no images');
    }
  }
});

test.each<[TypedOptions, object]>([
  [{}, { engine: 'wasm', backend: undefined, model: 'mlp' }],
  [
    { engine: 'auto', model: 'mlp' },
    { engine: 'wasm', backend: undefined, model: 'mlp' },
  ],
  [{ backend: 'cpu' }, { engine: 'tfjs', backend: 'cpu', model: 'mlp' }],
  [{ engine: 'tfjs' }, { engine: 'tfjs', backend: undefined, model: 'mlp' }],
  [{ model: 'cnn' }, { engine: 'tfjs', backend: undefined, model: 'cnn' }],
  [{ model: './my-model.js' }, { engine: 'tfjs', backend: undefined, model: { file: './my-model.js' } }],
  [{ model: 'model.mjs' }, { engine: 'tfjs', backend: undefined, model: { file: 'model.mjs' } }],
])('of %j the engine is chosen as %j', (typed, engine) => {
  expect(parse(['digits'], typed).engine).toEqual(engine);
});

test('without flags there is one config a data set, with its own mix size', () => {
  const { configs, workers, out, json } = parse(['iris', 'digits']);
  expect(configs.map(({ dataset, mixSize }) => [dataset, mixSize])).toEqual([
    ['iris', 30],
    ['digits', 300],
  ]);
  expect({ workers, out, json }).toEqual({ workers: 'auto', out: undefined, json: false });
});

test('every flag reaches its place in the config', () => {
  const typed = {
    trials: '1e3',
    seed: '7',
    alpha: '.5',
    epochs: '3',
    batchSize: '10',
    mixSize: '20',
    hidden: '80,40',
    learningRate: '0.01',
    arms: 'append, baseline',
    protocol: 'rigorous',
    workers: '3',
  };
  const request = parse(['iris'], typed);
  expect(request.workers).toBe(3);
  expect(request.configs[0]).toMatchObject({
    trials: 1000,
    seed: 7,
    alpha: 0.5,
    epochs: 3,
    batchSize: 10,
    mixSize: 20,
    hidden: [80, 40],
    learningRate: 0.01,
    arms: ['baseline', 'append'],
    protocol: 'rigorous',
  });
  expect(parse(['iris'], { hidden: 'none' }).configs[0]?.hidden).toEqual([]);
  expect(parse(['iris'], { alpha: '0', seed: '0' }).configs[0]).toMatchObject({ alpha: 0, seed: 0 });
});

describe('each wrong word is refused with exit code 2 and one line that says what to do', () => {
  test.each<[string, readonly string[], TypedOptions, RegExp]>([
    ['no data set', [], {}, /^no data set given; name some: mixup run iris digits$/],
    ['a mistyped data set', ['irsi'], {}, /^unknown data set "irsi"; did you mean iris\?$/],
    ['a data set there is not', ['imagenet'], {}, /^unknown data set "imagenet"; there are iris and digits$/],
    ['an empty data set', [''], {}, /^unknown data set ""; there are iris and digits$/],
    ['a data set twice', ['iris', 'iris'], {}, /^iris is given twice; name each data set once$/],
    ['alpha -1', ['iris'], { alpha: '-1' }, /^--alpha must be >= 0 and finite, got -1; the article's is 0\.2$/],
    ['alpha NaN', ['iris'], { alpha: 'NaN' }, /^--alpha must be a number, got "NaN"; the article's is 0\.2$/],
    ['alpha Infinity', ['iris'], { alpha: 'Infinity' }, /^--alpha must be a number/],
    ['alpha 1e999', ['iris'], { alpha: '1e999' }, /^--alpha must be >= 0 and finite, got Infinity/],
    ['alpha abc', ['iris'], { alpha: 'abc' }, /^--alpha must be a number, got "abc"/],
    ['an empty alpha', ['iris'], { alpha: '' }, /^--alpha must be a number, got ""/],
    ['a hexadecimal alpha', ['iris'], { alpha: '0x10' }, /^--alpha must be a number/],
    ['0 trials', ['iris'], { trials: '0' }, /^--trials must be an integer in \[1, 1000000\], got 0; /],
    ['half a trial', ['iris'], { trials: '2.5' }, /^--trials must be an integer/],
    ['a negative seed', ['iris'], { seed: '-1' }, /^--seed must be an integer >= 0, got -1; /],
    [
      'a seed that is no number exactly',
      ['iris'],
      { seed: '9007199254740993' },
      /^--seed must be an integer >= 0, .*; any seed up to 9007199254740991 will do, for instance --seed 0$/,
    ],
    ['0 epochs', ['iris'], { epochs: '0' }, /^--epochs must be .*; the article's is 30$/],
    ['batches of nothing', ['iris'], { batchSize: '0' }, /^--batch-size must be .*; the article's is 30$/],
    ['a stack of nothing', ['iris'], { mixSize: '0' }, /^--mix-size must be .*; the article's is 30 for iris/],
    ['a learning rate of 0', ['iris'], { learningRate: '0' }, /^--learning-rate must be > 0/],
    ['a layer without units', ['iris'], { hidden: '80,0' }, /^--hidden must be .*got 0; for instance --hidden 80,/],
    ['a layer without a number', ['iris'], { hidden: '80,' }, /^--hidden must be a list of numbers, got "80,"; /],
    ['no layer said the wrong way', ['iris'], { hidden: '' }, /^--hidden must be .*or --hidden none$/],
    ['a mistyped arm', ['iris'], { arms: 'baseline,appendd' }, /^unknown arm "appendd"; did you mean append\?$/],
    [
      'an arm there is not',
      ['iris'],
      { arms: 'puzzlemix' },
      /^unknown arm "puzzlemix"; there are baseline, append, dup/,
    ],
    [
      'boxes of flowers',
      ['digits', 'iris'],
      { arms: 'baseline,cutmix' },
      /^--arms must not have cutmix for iris, whose rows are no images; mixup run --help says/,
    ],
    [
      'a hidden layer to mix where there is none',
      ['iris'],
      { arms: 'manifold', hidden: 'none' },
      /^--arms must not have manifold without a hidden layer, as hidden is \[\]; /,
    ],
    ['an arm that objects have', ['iris'], { arms: 'toString' }, /^unknown arm "toString"/],
    ['an arm twice', ['iris'], { arms: 'append,append' }, /^--arms names append twice; name each arm once$/],
    ['no arm', ['iris'], { arms: '' }, /^--arms must name at least one of baseline, /],
    ['a mistyped protocol', ['iris'], { protocol: 'rigourous' }, /^unknown protocol .*did you mean rigorous\?$/],
    ['0 workers', ['iris'], { workers: '0' }, /^--workers must be auto or an integer in \[1, 256\], got 0/],
    ['workers by word', ['iris'], { workers: 'all' }, /^--workers must be a number, got "all"; auto takes what there/],
    ['a mistyped engine', ['iris'], { engine: 'tfsj' }, /^unknown engine "tfsj"; did you mean tfjs\?$/],
    ['a mistyped backend', ['iris'], { backend: 'cpus' }, /^unknown backend "cpus"; did you mean cpu\?$/],
    ['a mistyped model', ['digits'], { model: 'ccn' }, /^unknown model "ccn"; did you mean cnn\?; a file is written /],
    ['no model', ['digits'], { model: '' }, /^unknown model ""; /],
    [
      'a backend of the kernel',
      ['iris'],
      { engine: 'wasm', backend: 'cpu' },
      /^--backend is for --engine tfjs, .*got cpu/,
    ],
    [
      'cnn in the kernel',
      ['digits'],
      { engine: 'wasm', model: 'cnn' },
      /^--engine wasm trains .*leave --engine out, or/,
    ],
    [
      'a file in the kernel',
      ['iris'],
      { engine: 'wasm', model: './m.js' },
      /^--engine wasm trains .*got --model \.\/m\.js/,
    ],
    [
      'cnn on flowers',
      ['digits', 'iris'],
      { model: 'cnn' },
      /^--model cnn needs images, and the rows of iris are none;/,
    ],
    ['cnn on wasm', ['digits'], { model: 'cnn', backend: 'wasm' }, /^--backend wasm has no gradients of convolutions/],
    ['an empty folder', ['iris'], { out: '' }, /^--out must name a folder, got ""$/],
  ])('%s', (_, names, typed, line) => {
    const told = refusal(names, typed);
    expect(told.line).toMatch(line);
    expect(told.line).not.toContain('\n');
    expect(told.exitCode).toBe(2);
  });
});

test('suggest names the nearest, and all where none is near', () => {
  expect(suggest('Digit', ['iris', 'digits'])).toBe('did you mean digits?');
  expect(suggest('x', ['iris', 'digits'])).toBe('there are iris and digits');
});
