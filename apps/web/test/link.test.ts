import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fields, limits, type Settings, toConfig } from '../src/compare/settings.ts';
import { formatLink, parseAddress, parseQuery } from '../src/link/link.ts';

const settings: fc.Arbitrary<Settings> = fc.record({
  dataset: fc.constantFrom('iris', 'digits'),
  alpha: fc.double({ min: 0, max: 64, noNaN: true }),
  trials: fc.integer(limits.trials),
  arms: fc.subarray([...fields.arms.fallback], { minLength: 1 }),
  protocol: fc.constantFrom('article', 'rigorous'),
  epochs: fc.integer(limits.epochs),
  seed: fc.maxSafeNat(),
  batch: fc.integer(limits.batch),
  mix: fc.integer(limits.mix),
  hidden: fc.array(fc.integer({ min: 1, max: 256 }), { maxLength: 3 }),
  rate: fc.double({ ...limits.rate, noNaN: true }),
  engine: fc.constantFrom('wasm', 'tfjs'),
  backend: fc.constantFrom('auto', 'webgpu', 'webgl', 'wasm', 'cpu'),
});

test('settings that became a link come back the same, to the last bit, and with no problem', () => {
  fc.assert(
    fc.property(settings, (values) => {
      const { room, query } = parseAddress(formatLink('compare', fields, values));
      expect(room).toBe('compare');
      // -0 is no other alpha than 0.
      expect(parseQuery(fields, query)).toEqual({ values: { ...values, alpha: values.alpha + 0 }, problems: [] });
    }),
  );
});

test('any query gives settings that make a config', () => {
  const name = fc.constantFrom(...Object.keys(fields), 'v', '__proto__', 'constructor', 'x');
  const query = fc.array(
    fc.tuple(name, fc.oneof(fc.string(), fc.double().map(String), fc.constantFrom('1e999', '-0'))),
  );
  fc.assert(
    fc.property(query, (pairs) => {
      const text = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&');
      const { values, problems } = parseQuery(fields, text);
      expect(() => toConfig(values)).not.toThrow();
      for (const problem of problems) {
        expect(problem).not.toContain('\n');
        expect(problem.length).toBeLessThan(400);
      }
    }),
  );
});

test('what a link leaves out is what the command line does by default', () => {
  const { values } = parseQuery(fields, 'v=1');
  expect(toConfig(values)).toEqual({
    dataset: 'iris',
    protocol: 'article',
    arms: ['baseline', 'append', 'duplicate', 'batch'],
    trials: 20,
    seed: 0,
    alpha: 0.2,
    epochs: 30,
    batchSize: 30,
    mixSize: 30,
    hidden: [80],
    activation: 'relu',
    learningRate: 0.001,
    l2: 0,
    heldOut: 0.2,
  });
  expect(formatLink('compare', fields, values)).toBe('#/compare?v=1');
});

test('a link is readable: commas stay commas', () => {
  const { values } = parseQuery(fields, 'dataset=digits&arms=batch,baseline&hidden=80,40');
  expect(formatLink('compare', fields, values)).toBe('#/compare?v=1&dataset=digits&arms=baseline,batch&hidden=80,40');
});

test.each([
  ['alpha=-1', 'alpha must be a number in [0, 64], got "-1"; 0.2 is used'],
  ['alpha=', 'alpha must be a number in [0, 64], got ""; 0.2 is used'],
  ['alpha=0x10', 'alpha must be a number in [0, 64], got "0x10"; 0.2 is used'],
  ['alpha=1&alpha=2', 'alpha must be given once, got 2 times; 0.2 is used'],
  ['trials=1e9', 'trials must be an integer in [1, 500], got "1e9"; 20 is used'],
  ['trials=2.5', 'trials must be an integer in [1, 500], got "2.5"; 20 is used'],
  ['dataset=imagenet', 'dataset must be one of iris, digits, got "imagenet"; iris is used'],
  [
    'arms=batch,batch',
    'arms must be at least 1 of baseline, append, duplicate, batch, with commas between, got "batch,batch"; baseline,append,duplicate,batch is used',
  ],
  ['hidden=1,2,3,4', 'hidden must be 0 to 3 integers in [1, 256], with commas between, got "1,2,3,4"; 80 is used'],
  ['__proto__=1', '"__proto__" is no setting of this room; it is left out'],
  [`x=${'y'.repeat(1000)}`, '"x" is no setting of this room; it is left out'],
  [`alpha=${'9'.repeat(1000)}`, `alpha must be a number in [0, 64], got "${'9'.repeat(40)}…"; 0.2 is used`],
  ['v=2&alpha=1', 'v must be 1, the version of links that this page reads, got "2"; the defaults are used'],
])('%s is told in one line', (query, problem) => {
  const result = parseQuery(fields, query);
  expect(result.problems).toEqual([problem]);
  expect(result.values).toEqual(parseQuery(fields, '').values);
});
