/** Configs: what is filled in, and what is refused in one line. */
import { expect, test } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { configDigest, trialId } from '../src/digest.ts';

test('a config that names its data set alone is the experiment of the article', () => {
  const article = {
    protocol: 'article',
    arms: ['baseline', 'append', 'duplicate', 'batch'],
    trials: 20,
    seed: 0,
    alpha: 0.2,
    epochs: 30,
    batchSize: 30,
    hidden: [80],
    activation: 'relu',
    learningRate: 0.001,
    l2: 0,
    heldOut: 0.2,
  };
  expect(parseConfig({ dataset: 'iris' })).toEqual({ dataset: 'iris', ...article, mixSize: 30 });
  expect(parseConfig({ dataset: 'digits' })).toEqual({ dataset: 'digits', ...article, mixSize: 300 });
});

test('parseConfig gives back what it gave, through JSON', () => {
  const config = parseConfig({ dataset: 'digits', hidden: [], seed: 2 ** 53 - 1, arms: ['batch'], alpha: 0 });
  expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
});

test.each<[unknown, string]>([
  [null, 'config: must be an object, got null'],
  [{}, 'config: dataset is missing'],
  [{ dataset: 'mnist' }, 'config: dataset must be one of iris, digits, got "mnist"'],
  [{ dataset: 'iris', alpha: -1 }, 'config: alpha must be >= 0 and finite, got -1'],
  [{ dataset: 'iris', alpha: NaN }, 'config: alpha must be >= 0 and finite, got NaN'],
  [{ dataset: 'iris', alpha: '1' }, 'config: alpha must be >= 0 and finite, got "1"'],
  [{ dataset: 'iris', trials: 0 }, 'config: trials must be an integer in [1, 1000000], got 0'],
  [{ dataset: 'iris', trials: 1.5 }, 'config: trials must be an integer in [1, 1000000], got 1.5'],
  [{ dataset: 'iris', seed: -1 }, 'config: seed must be an integer >= 0, got -1'],
  [{ dataset: 'iris', arms: [] }, 'config: arms must be a list of different arms, got []'],
  [{ dataset: 'iris', arms: ['batch', 'batch'] }, 'config: arms must be a list of different arms, got [batch, batch]'],
  [{ dataset: 'iris', arms: ['cutmix'] }, 'config: arms must not have cutmix for iris, whose rows are no images'],
  [
    { dataset: 'iris', arms: ['manifold'], hidden: [] },
    'config: arms must not have manifold without a hidden layer, as hidden is []',
  ],
  [{ dataset: 'iris', hidden: [80, 0] }, 'config: hidden.1 must be an integer in [1, 65536], got 0'],
  [{ dataset: 'iris', heldOut: 1 }, 'config: heldOut must be in (0, 1), got 1'],
  [{ dataset: 'iris', learningRate: 0 }, 'config: learningRate must be > 0 and finite, got 0'],
  [{ dataset: 'iris', epoch: 3 }, 'config: unknown key epoch'],
])('parseConfig(%j) says: %s', (input, line) => {
  expect(() => parseConfig(input)).toThrow(new RangeError(line));
});

test('the digest of a config depends on neither the order of its keys nor the number of trials, but on all else', () => {
  const config = parseConfig({ dataset: 'iris' });
  const reversed = Object.fromEntries(Object.entries(config).reverse()) as unknown as typeof config;
  expect(configDigest(reversed)).toBe(configDigest(config));
  expect(configDigest({ ...config, trials: 3 })).toBe(configDigest(config));
  const others = [
    { seed: 1 },
    { alpha: 0.3 },
    { hidden: [8] },
    { arms: ['batch'] as const },
    { protocol: 'rigorous' as const },
  ];
  const digests = others.map((other) => configDigest({ ...config, ...other }));
  expect(new Set([...digests, configDigest(config)]).size).toBe(others.length + 1);
});

test('the id of a trial tells experiments, data and numbers apart', () => {
  const config = parseConfig({ dataset: 'iris' });
  const ids = [
    trialId(config, 'a', 0),
    trialId(config, 'a', 1),
    trialId(config, 'b', 0),
    trialId({ ...config, seed: 1 }, 'a', 0),
  ];
  expect(new Set(ids).size).toBe(4);
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
});
