import { describe, expect, test } from 'vitest';
import { mixup, type Pairing, permutationPairing } from '../src/index.ts';
import {
  chooseMethod,
  cMixup,
  createPreset,
  cutMix,
  kernelPairing,
  kMixup,
  type MixMethod,
  manifoldMixup,
  otherClassPairing,
  regMixup,
  remix,
  resizeMix,
  sameClassPairing,
  transportPairing,
} from '../src/methods.ts';

const classes = [0, 1, 0];
const x = [[1], [2], [3]];
const size = { height: 2, width: 2 };

test.each<[string, MixMethod | Pairing]>([
  ['sameClassPairing', sameClassPairing(classes)],
  ['otherClassPairing', otherClassPairing(classes)],
  ['kernelPairing', kernelPairing([1, 2, 3])],
  ['transportPairing', transportPairing(x, { k: 2 })],
  ['remix', remix({ classes })],
  ['cMixup', cMixup({ targets: x })],
  ['kMixup', kMixup({ x, k: 2 })],
  ['the preset remix', createPreset('remix', { classes }).method],
  ['the preset cmixup', createPreset('cmixup', { targets: x }).method],
  ['mixup by a pairing that does', mixup({ pairing: sameClassPairing(classes) })],
  ['regMixup by such a pairing', regMixup({ pairing: sameClassPairing(classes) })],
  ['manifoldMixup by such a pairing', manifoldMixup({ layers: [0], pairing: sameClassPairing(classes) })],
  ['cutMix by such a pairing', cutMix({ ...size, pairing: sameClassPairing(classes) })],
  ['resizeMix by such a pairing', resizeMix({ ...size, pairing: sameClassPairing(classes) })],
  [
    'a choice with such a method',
    chooseMethod([
      { method: mixup(), p: 0.5 },
      { method: remix({ classes }), p: 0.5 },
    ]),
  ],
])('%s says that it looks up rows of a source of 3', (_, { rows }) => {
  expect(rows).toBe(3);
});

test.each<[string, MixMethod | Pairing]>([
  ['mixup', mixup()],
  ['permutationPairing', permutationPairing],
  ['regMixup', regMixup()],
  ['cutMix', cutMix(size)],
  ['a preset', createPreset('timm-batch').method],
  ['a choice', chooseMethod([{ method: mixup({ pairing: (_random, index) => index }), p: 1 }])],
])('%s looks up none', (_, { rows }) => {
  expect(rows).toBe(undefined);
});

describe('two sources of different numbers of rows are refused', () => {
  test.each<[string, () => unknown]>([
    ['remix', () => remix({ classes, pairing: sameClassPairing([0, 1]) })],
    [
      'chooseMethod',
      () =>
        chooseMethod([
          { method: remix({ classes }), p: 0.5 },
          { method: kMixup({ x: [[1], [2]], k: 1 }), p: 0.5 },
        ]),
    ],
  ])('by %s', (name, run) => {
    expect(run).toThrow(
      new RangeError(`${name}: all that looks up rows must have one source, got sources of 3 and 2 rows`),
    );
  });
});
