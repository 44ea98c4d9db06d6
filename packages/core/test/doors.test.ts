/** What a first user of JavaScript gets wrong, with no compiler to say so: one clear line each, by the name that was called. */
import { describe, expect, test } from 'vitest';
import { auditIntrusion, auditPlan, lambdaHistogram } from '../src/audit.ts';
import { betaConformance } from '../src/conformance.ts';
import {
  createRandom,
  identity,
  mixRows,
  mixup,
  mixupGenerator,
  mixupPlans,
  mixWeightedLabels,
  multiHot,
  oneHot,
  parsePlan,
  placeRows,
  plainPlan,
  planToJson,
  rollPairing,
  sampleBeta,
  sampleBetas,
  sampleLambda,
  sampleMixPlan,
  samplePermutation,
  scheduleValue,
  shuffle,
  smoothLabels,
  takePlan,
  toColumn,
  toRows,
  weighClasses,
} from '../src/index.ts';
import {
  chooseMethod,
  cMixup,
  createPreset,
  cutMix,
  kernelPairing,
  kMixup,
  manifoldMixup,
  otherClassPairing,
  regMixup,
  remix,
  resizeMix,
  sameClassPairing,
  transportPairing,
} from '../src/methods.ts';
import { excessLosses, mixedMetrics, softCrossEntropies } from '../src/metrics.ts';
import { createRandomState } from '../src/numpy.ts';
import { createMixTransformer, mixBatches } from '../src/stream.ts';
import { createSchemaInference, inferSchema, mixTable, sampleTablePlan } from '../src/table.ts';
import { createTensorDataset, mixDataset } from '../src/tfjs.ts';

const random = createRandom(0);
const plan = sampleMixPlan(random, { batch: 3 });
const x = [[1], [2], [3]];
const tensor = { shape: [3, 1], dtype: 'float32', dispose() {} };
const tensors = { xs: tensor, ys: tensor };
const tf = { tidy() {} };
// As JavaScript calls them.
const untyped = (run: unknown) => run as (...args: unknown[]) => unknown;

describe('random forgotten, or a seed in its place', () => {
  test.each<[string, unknown, unknown[]]>([
    ['sampleMixPlan', sampleMixPlan, [{ batch: 3 }]],
    ['sampleLambda', sampleLambda, [0.2, 3]],
    ['sampleBeta', sampleBeta, [1, 1]],
    ['sampleBetas', sampleBetas, [1, 1, 3]],
    ['samplePermutation', samplePermutation, [3]],
    ['shuffle', shuffle, [[1, 2]]],
    ['mixupGenerator', mixupGenerator, [{ x, y: oneHot([0, 1, 0], 2), batchSize: 1 }]],
    ['mixupGenerator', mixupPlans, [{ rows: 3, batchSize: 1 }]],
    ['mixup', mixup(), [identity(3)]],
    ['cutMix', cutMix({ height: 2, width: 2 }), [identity(3)]],
    ['mixBatches', mixBatches, [[{ x }]]],
    ['createMixTransformer', createMixTransformer, []],
    ['sampleTablePlan', sampleTablePlan, [plan]],
    ['createTensorDataset', createTensorDataset, [{}, {}]],
    ['mixDataset', mixDataset, [{}, {}]],
  ])('%s says so', (name, run, args) => {
    const rule = `${name}: random, which comes first, must be a function that returns numbers in [0, 1), such as createRandom(0), got`;
    expect(() => untyped(run)(7, ...args)).toThrow(new TypeError(`${rule} number`));
    expect(() => untyped(run)(undefined, ...args)).toThrow(new TypeError(`${rule} undefined`));
    // All moved one to the left.
    expect(() => untyped(run)(...args)).toThrow(rule);
  });
});

test.each<[string, () => unknown, Error]>([
  [
    'options left out',
    () => untyped(sampleMixPlan)(random),
    new RangeError('sampleMixPlan: batch must be an integer >= 1, got undefined'),
  ],
  [
    'a plan left out',
    () => untyped(mixRows)(x),
    new TypeError('mixRows: plan must have index, partner and lambda, all arrays, as parsePlan reads them from JSON'),
  ],
  ['size left out', () => untyped(cutMix)(), new RangeError('cutMix: height must be an integer >= 1, got undefined')],
  [
    'size left out',
    () => untyped(resizeMix)(),
    new RangeError('resizeMix: height must be an integer >= 1, got undefined'),
  ],
  [
    'classes left out',
    () => untyped(remix)(),
    new TypeError('remix: classes must be class ids, one for each row of the source'),
  ],
  [
    'k left out',
    () => untyped(kMixup)({ x }),
    new RangeError('transportPairing: k must be an integer >= 1, got undefined'),
  ],
  [
    'layers left out',
    () => untyped(manifoldMixup)({}),
    new RangeError('manifoldMixup: layers must name a layer, got none'),
  ],
  ['targets left out', () => untyped(cMixup)(), new TypeError('kernelPairing: targets: must be { data')],
  ['no choice', () => chooseMethod([]), new RangeError('chooseMethod: there must be a choice, got none')],
  [
    'a choice forgotten',
    () => untyped(chooseMethod)([null]),
    new TypeError(
      'chooseMethod: a choice must have a method and its chance, such as { method: mixup(), p: 0.5 }, got null',
    ),
  ],
  [
    'methods without their chances',
    () => untyped(chooseMethod)([mixup()]),
    new TypeError(
      'chooseMethod: a choice must have a method and its chance, such as { method: mixup(), p: 0.5 }, got function',
    ),
  ],
  [
    'a chance as text, which would be joined and not added',
    () => untyped(chooseMethod)([{ method: mixup(), p: '0.5' }]),
    new TypeError('chooseMethod: p must be a number in [0, 1], got string'),
  ],
  [
    'one scale for two',
    () => untyped(resizeMix)({ height: 2, width: 2, scale: 5 }),
    new RangeError('resizeMix: scale must be two ascending numbers in [0, 1], got 5'),
  ],
  [
    'scales the wrong way round',
    () => untyped(resizeMix)({ height: 2, width: 2, scale: [0.8, 0.1] }),
    new RangeError('resizeMix: scale must be two ascending numbers in [0, 1], got 0.8,0.1'),
  ],
  [
    'row numbers left out',
    () => untyped(plainPlan)(),
    new TypeError('plainPlan: index must be row numbers, such as identity(30), got undefined'),
  ],
  [
    'half a name of a preset',
    () => untyped(createPreset)('timm'),
    new RangeError('createPreset: name must be one of paper'),
  ],
  [
    'a pairing by name',
    () => untyped(mixup)({ pairing: 'roll' }),
    new TypeError('mixup: pairing must be a function, such as rollPairing, got roll'),
  ],
  [
    'a batch size for the rows',
    () => untyped(mixup())(random, 3),
    new TypeError('mixup: index must be row numbers, such as identity(30), got 3'),
  ],
  [
    'a number as text',
    () => untyped(sampleMixPlan)(random, { batch: 3, alpha: '0.2' }),
    new RangeError('sampleMixPlan: alpha must be >= 0 and finite, got 0.2'),
  ],
  [
    'shapes as text, which would be joined and not added',
    () => untyped(sampleBeta)(random, '0.2', '3'),
    new RangeError('sampleBeta: a must be > 0 (at least 1e-300) and at most 1e300, got 0.2'),
  ],
  [
    'a number for a schedule',
    () => untyped(scheduleValue)(5, 0),
    new TypeError('scheduleValue: a schedule must be a list of [epoch, value], got 5'),
  ],
  [
    'a gap among points',
    () => untyped(scheduleValue)([null], 1),
    new TypeError('scheduleValue: a schedule must be a list of [epoch, value], got null at 0'),
  ],
  [
    'epochs as text, which would be joined and not added',
    () => untyped(scheduleValue)([['1', 1]], 1),
    new RangeError('scheduleValue: points must be finite, their epochs >= 0 and ascending, got [1, 1] at 0'),
  ],
  [
    'the text of a plan',
    () => parsePlan(JSON.stringify(planToJson(plan))),
    new TypeError('parsePlan: a plan must be an object: give text to JSON.parse first'),
  ],
  [
    'label rows for class ids',
    () => untyped(auditPlan)(oneHot([0, 1, 0], 2), plan),
    new TypeError('auditPlan: labels must be class ids, one for each row of the source'),
  ],
  [
    'names for class ids, whose order is no number',
    () => untyped(otherClassPairing)(['a', 'b', 'a']),
    new RangeError('otherClassPairing: classes must be class ids, integers >= 0, got a in row 0'),
  ],
  [
    'classes left out',
    () => untyped(sameClassPairing)(),
    new TypeError('sameClassPairing: classes must be class ids, one for each row of the source'),
  ],
  [
    'names for class ids',
    () => untyped(remix)({ classes: ['a', 'b', 'a'] }),
    new RangeError('remix: classes must be class ids, integers >= 0, got a in row 0'),
  ],
  [
    'class ids as text',
    () => untyped(auditPlan)(['0', '1', '0'], plan),
    new RangeError('auditPlan: labels must be class ids, integers >= 0, got 0 in row 0'),
  ],
  [
    'class ids as text',
    () => untyped(oneHot)(['0', '1'], 2),
    new RangeError('oneHot: labels must be integers in [0, 2), got 0 in row 0'),
  ],
  [
    'labels left out',
    () => untyped(oneHot)(undefined, 3),
    new TypeError('oneHot: labels must be class ids, got undefined'),
  ],
  [
    'labels left out',
    () => untyped(multiHot)(undefined, 3),
    new TypeError('multiHot: labels must be an array of class ids for each row, such as [[0, 2], []], got undefined'),
  ],
  [
    'class ids for sets of them, which would be rows of zeros',
    () => untyped(multiHot)([0, 1], 3),
    new TypeError('multiHot: labels must be an array of class ids for each row, such as [[0, 2], []], got 0 in row 0'),
  ],
  [
    'typed class ids for sets of them',
    () => untyped(multiHot)(Int32Array.of(0, 1), 3),
    new TypeError('multiHot: labels must be an array of class ids for each row, such as [[0, 2], []], got 0 in row 0'),
  ],
  [
    'a gap among sets',
    () => untyped(multiHot)([[0], null], 3),
    new TypeError(
      'multiHot: labels must be an array of class ids for each row, such as [[0, 2], []], got null in row 1',
    ),
  ],
  [
    'a gap among the targets, which would be read as 0',
    () => untyped(kernelPairing)([1, null, 3]),
    new RangeError('kernelPairing: targets: every value must be finite, got NaN in row 1, value 0'),
  ],
  [
    'a gap among values, which would be read as 0',
    () => untyped(toColumn)([1, null]),
    new RangeError('toColumn: every value must be finite, got null in row 1'),
  ],
  [
    'a gap among weights, which would be read as 0',
    () => untyped(mixWeightedLabels)(x, [1, null, 1], plan),
    new RangeError('mixWeightedLabels: weights must be >= 0 and finite, got null at 1'),
  ],
  [
    'weights left out',
    () => untyped(weighClasses)(x),
    new TypeError('weighClasses: classWeights must be numbers, got undefined'),
  ],
  [
    'drawn weights as text, which would be joined and not added',
    () => untyped(lambdaHistogram)(['0.5', '0.25'], { alpha: 1 }),
    new RangeError('lambdaHistogram: lambda must be in [0, 1], got 0.5 at 0'),
  ],
  [
    'alpha left out',
    () => untyped(lambdaHistogram)([0.5]),
    new RangeError('lambdaHistogram: alpha must be in [1e-4, 1e4], got undefined'),
  ],
  [
    'yes for true',
    () => untyped(lambdaHistogram)([0.5], { alpha: 1, fold: 'yes' }),
    new TypeError('lambdaHistogram: fold must be true or false, got yes'),
  ],
  [
    'a schema left out',
    () => untyped(mixTable)({ a: [1, 2, 3] }, plan),
    new TypeError('mixTable: schema must say what each column is, as inferSchema(columns) does, got undefined'),
  ],
  [
    'a limit of a column misspelt',
    () => untyped(mixTable)({ a: [1, 2, 3] }, plan, { a: { kind: 'bounded', mn: 0 } }),
    new RangeError('mixTable: column "a": options must be among kind, missing, marks, min, max, got mn'),
  ],
  [
    'a text to be shuffled',
    () => untyped(createRandomState(0).shuffle)('abc'),
    new TypeError('shuffle: array must be an array or a typed array, got abc'),
  ],
  [
    'a text to be shuffled',
    () => untyped(shuffle)(random, 'abc'),
    new TypeError('shuffle: array must be an array or a typed array, got abc'),
  ],
  [
    'options left out',
    () => untyped(mixupGenerator)(random),
    new TypeError('mixupGenerator: x: must be { data: Float32Array | Float64Array, shape }'),
  ],
  [
    'options left out',
    () => untyped(mixupPlans)(random),
    new RangeError('mixupGenerator: rows must be an integer, got undefined'),
  ],
  [
    'a table left out',
    () => untyped(inferSchema)(),
    new TypeError('inferSchema: columns must be arrays by name, got undefined'),
  ],
  [
    'a number for a column',
    () => untyped(inferSchema)({ a: 5 }),
    new TypeError('inferSchema: column "a" must be a Float64Array or an array of strings, numbers and nulls'),
  ],
  [
    'a text for a column, which would be read letter by letter',
    () => untyped(inferSchema)({ a: 'abc' }),
    new TypeError('inferSchema: column "a" must be a Float64Array or an array of strings, numbers and nulls'),
  ],
  [
    'labels left out',
    () => untyped(auditIntrusion)(x),
    new TypeError('auditIntrusion: labels must be class ids, one for each row of the source'),
  ],
  ['rows left out', () => untyped(takePlan)(plan), new TypeError('takePlan: rows must be row numbers, got undefined')],
  [
    'text in a column',
    () => untyped(toColumn)(['a']),
    new RangeError('toColumn: every value must be finite, got a in row 0'),
  ],
])('%s', (_, run, error) => {
  expect(run).toThrow(error.constructor as never);
  expect(run).toThrow(error.message);
});

describe('an option misspelt or in the wrong place', () => {
  const blending = 'alpha, lambdaPer, fold, p, pairing';
  const y = oneHot([0, 1, 0], 2);
  const size = { height: 2, width: 2 };
  const classes = [0, 1, 0];
  const mixing = 'alpha, lambdaPer, method';
  const passing = `methodOf, ${mixing}`;
  test.each<[string, unknown, unknown[], object, string]>([
    ['sampleMixPlan', sampleMixPlan, [random], { batch: 3 }, 'batch, alpha, lambdaPer'],
    ['mixRows', mixRows, [x, plan], {}, 'out'],
    ['placeRows', placeRows, [toRows(x)], {}, 'batch'],
    ['mixupGenerator', mixupGenerator, [random], { x, y, batchSize: 1 }, 'x, y, batchSize, alpha, shuffle'],
    ['mixupPlans', mixupPlans, [random], { rows: 3, batchSize: 1 }, 'rows, batchSize, alpha, shuffle'],
    ['mixup', mixup, [], {}, blending],
    ['smoothLabels', smoothLabels, [y, 0.1], {}, 'per'],
    ['chooseMethod', chooseMethod, [[{ method: mixup(), p: 1 }]], {}, 'per'],
    ['cutMix', cutMix, [], size, `height, width, ${blending}`],
    ['resizeMix', resizeMix, [], size, 'height, width, scale, lambdaPer, p, pairing'],
    ['manifoldMixup', manifoldMixup, [], { layers: [0] }, `layers, ${blending}`],
    ['regMixup', regMixup, [], {}, `eta, ${blending}`],
    ['remix', remix, [], { classes }, `classes, kappa, tau, ${blending}`],
    ['cMixup', cMixup, [], { targets: [1, 2, 3] }, 'targets, bandwidth, alpha, lambdaPer, fold, p'],
    ['kMixup', kMixup, [], { x, k: 1 }, 'x, k, alpha, lambdaPer, fold, p'],
    ['kernelPairing', kernelPairing, [[1, 2, 3]], {}, 'bandwidth'],
    ['transportPairing', transportPairing, [x], { k: 1 }, 'k'],
    ['createPreset', createPreset, ['keras'], {}, 'alpha, p, classes, targets, bandwidth'],
    ['inferSchema', inferSchema, [{ a: [1] }], {}, 'categorical, marks, maxLevels'],
    ['inferSchema', createSchemaInference, [], {}, 'categorical, marks, maxLevels'],
    ['softCrossEntropies', softCrossEntropies, [y, y], {}, 'from'],
    ['excessLosses', excessLosses, [y, y], {}, 'from'],
    ['mixedMetrics', mixedMetrics, [y, y], {}, 'from'],
    ['lambdaHistogram', lambdaHistogram, [plan.lambda], { alpha: 1 }, 'alpha, bins, fold'],
    ['auditIntrusion', auditIntrusion, [x, classes, plan], {}, 'rows'],
    ['betaConformance', betaConformance, [random], { a: 1, draws: 100 }, 'a, b, draws'],
    ['mixBatches', mixBatches, [random, [{ x }]], {}, passing],
    ['createMixTransformer', createMixTransformer, [random], {}, passing],
    [
      'createTensorDataset',
      createTensorDataset,
      [random, tf, tensors],
      {},
      `batchSize, shuffle, initialEpoch, ${mixing}`,
    ],
    ['mixDataset', mixDataset, [random, tf, { iterator: async () => [] }], {}, `initialEpoch, ${passing}`],
  ])('%s tells it, and the names that there are (%#)', (name, run, args, options, known) => {
    expect(() => untyped(run)(...args, options)).not.toThrow();
    for (const wrong of ['alpa', 'random']) {
      const error = new RangeError(`${name}: options must be among ${known}, got ${wrong}`);
      expect(() => untyped(run)(...args, { ...options, [wrong]: undefined })).toThrow(error);
    }
    // Numbers and functions have no options to read, and would pass for none.
    for (const wrong of [0.3, null, rollPairing]) {
      const error = new TypeError(`${name}: options must be an object, got ${String(wrong)}`);
      expect(() => untyped(run)(...args, wrong)).toThrow(error);
    }
  });

  test("sampleMixPlan says where lambdaPer 'pair' lives", () => {
    expect(() => untyped(sampleMixPlan)(random, { batch: 4, lambdaPer: 'pair' })).toThrow(
      new RangeError("sampleMixPlan: lambdaPer must be 'row' or 'batch', got pair, which mixup knows"),
    );
  });
});
