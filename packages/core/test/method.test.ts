import { describe, expect, test } from 'vitest';
import { auditPlan } from '../src/audit.ts';
import {
  checkPlan,
  createRandom,
  derangementPairing,
  flipPairing,
  foldLambda,
  identity,
  joinPlans,
  type LambdaPer,
  type MixMethod,
  type MixPlan,
  mixLabels,
  mixRows,
  mixup,
  mixWeightedLabels,
  oneHot,
  parsePlan,
  plainPlan,
  planToJson,
  rollPairing,
  sampleMixPlan,
  takePlan,
} from '../src/index.ts';
import {
  chooseMethod,
  cMixup,
  cutMix,
  kernelPairing,
  kMixup,
  manifoldMixup,
  mixImages,
  regMixup,
  remix,
  resizeMix,
  transportPairing,
} from '../src/methods.ts';
import { mixTable, sampleTablePlan } from '../src/table.ts';
import { mixTensors } from '../src/tfjs.ts';
import { fc } from './fast-check.ts';
import { replay } from './replay.ts';

const draw = (method: ReturnType<typeof mixup>, batch: number, seed = 0) => method(createRandom(seed), identity(batch));

describe('mixup', () => {
  test('with no further option it draws what sampleMixPlan draws', () => {
    for (const lambdaPer of ['row', 'batch'] as const) {
      const want = sampleMixPlan(createRandom(5), { batch: 20, alpha: 0.3, lambdaPer });
      expect(draw(mixup({ alpha: 0.3, lambdaPer }), 20, 5)).toEqual(want);
    }
    expect(draw(mixup(), 20)).toEqual(sampleMixPlan(createRandom(0), { batch: 20 }));
  });

  test("rows of 'pair' that meet each other share a lambda, and the mixed couple keeps the sum of both", () => {
    const plan = draw(mixup({ alpha: 1, lambdaPer: 'pair', pairing: flipPairing }), 7);
    expect([...plan.lambda]).toEqual([...plan.lambda].reverse());
    expect(new Set(plan.lambda).size).toBe(4);
    const x = [[1], [20], [300], [4000], [5], [60], [700]];
    const mixed = mixRows(x, plan).data;
    for (const [i, [value]] of x.entries()) {
      const both = (mixed[i] as number) + (mixed[6 - i] as number);
      expect(both).toBeCloseTo((value as number) + (x[6 - i]?.[0] as number), 9);
    }
  });

  test("'pair' finds couples in a batch in which rows come twice", () => {
    const index = Int32Array.of(5, 7, 5, 9);
    const plan = mixup({ alpha: 1, lambdaPer: 'pair', pairing: flipPairing })(createRandom(0), index);
    expect(plan.lambda[0]).toBe(plan.lambda[3]);
    expect(plan.lambda[1]).toBe(plan.lambda[2]);
  });

  test('fold gives every row at least half of itself, and is max(lambda, 1 - lambda) of the unfolded draw', () => {
    const [plain, folded] = [false, true].map((fold) => draw(mixup({ alpha: 0.4, fold }), 200));
    expect(Math.min(...(folded?.lambda ?? []))).toBeGreaterThanOrEqual(0.5);
    expect(plain?.lambda.some((lambda) => lambda < 0.5)).toBe(true);
    expect(folded?.lambda).toEqual(foldLambda(plain?.lambda as Float64Array));
    expect(folded?.partner).toEqual(plain?.partner);
  });

  test.each([
    ['row', 4000],
    ['pair', 2000],
    ['batch', 1],
  ] as const)("p per '%s' leaves rows unmixed together, and lambdas of the others as drawn", (lambdaPer, coins) => {
    const batch = 4000;
    const method = (p: number) => mixup({ alpha: 1, p, lambdaPer, pairing: flipPairing });
    const [half, full] = [draw(method(0.3), batch, 2), draw(method(1), batch, 2)];
    const mixed = half.lambda.reduce((sum, lambda) => sum + (lambda === 1 ? 0 : 1), 0) / batch;
    if (coins === 1) expect([0, 1]).toContain(mixed);
    // A share of so many coins: five standard errors.
    else expect(Math.abs(mixed - 0.3)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / coins));
    for (const [i, lambda] of half.lambda.entries()) if (lambda !== 1) expect(lambda).toBe(full.lambda[i]);
    if (lambdaPer === 'pair') expect(half.lambda.toReversed()).toEqual(half.lambda);
  });

  test('the batch names rows of the source: index is kept, partners are of the batch', () => {
    const index = Int32Array.of(40, 10, 30);
    const plan = mixup({ pairing: derangementPairing })(createRandom(0), index);
    expect([...plan.index]).toEqual([40, 10, 30]);
    expect(plan.partner.toSorted()).toEqual(index.toSorted());
    expect([...index]).toEqual([40, 10, 30]);
  });

  test.each([
    [{ alpha: -1 }, 'mixup: alpha must be >= 0 and finite, got -1'],
    [{ p: 1.5 }, 'mixup: p must be in [0, 1], got 1.5'],
    [{ p: Number.NaN }, 'mixup: p must be in [0, 1], got NaN'],
    [{ p: '0.5' as never }, 'mixup: p must be a number in [0, 1], got string'],
    [{ p: null as never }, 'mixup: p must be a number in [0, 1], got null'],
    [{ fold: 'yes' as never }, 'mixup: fold must be true or false, got yes'],
    [{ lambdaPer: 'each' as never }, "mixup: lambdaPer must be 'row', 'pair' or 'batch', got each"],
  ])('%o is refused', (options, message) => {
    expect(() => mixup(options)).toThrow(message);
  });

  test("'pair' is refused where rows do not meet each other, and an empty batch always", () => {
    const cycle = (_: unknown, index: Int32Array) => index.map((_, i) => index[(i + 1) % index.length] as number);
    expect(() => draw(mixup({ lambdaPer: 'pair', pairing: cycle }), 3)).toThrow(
      new RangeError(
        "mixup: lambdaPer 'pair' needs rows that meet each other, as flipPairing and halvesPairing give: " +
          'row 0 meets 1, which meets another',
      ),
    );
    expect(() => draw(mixup(), 0)).toThrow(new RangeError('mixup: a batch must have a row, got none'));
  });
});

describe('chooseMethod', () => {
  const [a, b] = [mixup({ alpha: 1 }), cutMix({ height: 8, width: 8 })];
  // Rows 0 and 3 meet as with flipPairing of four, 1 and 2 stay alone.
  const otherHalf = (_: unknown, index: Int32Array) =>
    index.map((row, i) => (i % 3 === 0 ? (index[index.length - 1 - i] as number) : row));

  test('a batch takes one method as a whole, each as often as it says, and none for the rest', () => {
    const method = chooseMethod([
      { method: a, p: 0.5 },
      { method: b, p: 0.2 },
    ]);
    const random = createRandom(0);
    const counts = [0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const plan = method(random, identity(3));
      const kind = plan.box ? 1 : plan.lambda.every((lambda) => lambda === 1) ? 2 : 0;
      counts[kind] = (counts[kind] as number) + 1;
    }
    for (const [kind, p] of [0.5, 0.2, 0.3].entries()) {
      expect(Math.abs((counts[kind] as number) / 4000 - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 4000));
    }
  });

  test("per 'row' each row takes its own, its lambda and its box of that method's plan", () => {
    const method = chooseMethod(
      [
        { method: a, p: 0.5 },
        { method: b, p: 0.5 },
      ],
      { per: 'row' },
    );
    const plan = draw(method, 4000);
    const boxed = Array.from({ length: 4000 }, (_, i) => {
      const [top = 0, left = 0, bottom = 0, right = 0] = plan.box?.subarray(4 * i, 4 * i + 4) ?? [];
      const area = (bottom - top) * (right - left);
      if (area > 0) expect(plan.lambda[i]).toBe(1 - area / 64);
      return area > 0;
    }).filter(Boolean).length;
    // CutMix cuts nothing where lambda is above 1 - 1 / 64, as its box then has no whole pixel.
    const p = 0.5 * (63 / 64);
    expect(Math.abs(boxed / 4000 - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 4000));
  });

  describe("per 'pair'", () => {
    /** A method that flips, and whose lambda tells that it was chosen. */
    const marked = (lambda: number): MixMethod => {
      return (random, index) => ({
        index,
        partner: flipPairing(random, index),
        lambda: new Float64Array(index.length).fill(lambda),
      });
    };

    test("rows i and n - 1 - i take the same, as in timm's mode 'pair', and each pair its own, as often as it says", () => {
      const method = chooseMethod(
        [
          { method: marked(0.25), p: 0.5 },
          { method: marked(0.75), p: 0.2 },
        ],
        { per: 'pair' },
      );
      const pairs = 4000;
      const { lambda, partner, index } = draw(method, 2 * pairs);
      expect([...lambda]).toEqual([...lambda].reverse());
      const first = lambda.subarray(0, pairs);
      for (const [mark, p] of [
        [0.25, 0.5],
        [0.75, 0.2],
        [1, 0.3],
      ] as const) {
        const share = first.filter((value) => value === mark).length / pairs;
        // A share of so many coins: five standard errors.
        expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / pairs));
      }
      // Two pairs that follow each other agree as often as two that know nothing of each other: 0.5^2 + 0.2^2 + 0.3^2.
      const agree = first.filter((value, i) => i > 0 && value === first[i - 1]).length / (pairs - 1);
      expect(Math.abs(agree - 0.38)).toBeLessThan(5 * Math.sqrt((0.38 * 0.62) / pairs));
      // What is left unmixed stays with itself.
      expect(partner).toEqual(index.map((row, i) => (lambda[i] === 1 ? row : 2 * pairs - 1 - row)));
    });

    test('of mixup and CutMix per pair, both rows of a pair are blended by one lambda, or have one box', () => {
      const both = { lambdaPer: 'pair', pairing: flipPairing } as const;
      const method = chooseMethod(
        [
          { method: mixup({ alpha: 1, ...both }), p: 0.5 },
          { method: cutMix({ height: 8, width: 8, ...both }), p: 0.5 },
        ],
        { per: 'pair' },
      );
      fc.assert(
        fc.property(fc.nat(), fc.integer({ min: 1, max: 9 }), (seed, batch) => {
          const { lambda, box } = draw(method, batch, seed);
          for (let i = 0; i < batch; i++) {
            const j = batch - 1 - i;
            expect(lambda[i]).toBe(lambda[j]);
            expect(box?.subarray(4 * i, 4 * i + 4)).toEqual(box?.subarray(4 * j, 4 * j + 4));
          }
        }),
      );
    });
  });

  test('chances that add up to 1 but for rounding leave nothing unmixed', () => {
    const method = chooseMethod(Array.from({ length: 10 }, () => ({ method: b, p: 0.1 })));
    // The largest number that a source gives: the sum of ten times 0.1 is below it.
    const plan = method(replay({ betas: [0.5], uniforms: [1 - 2 ** -53, 0.5, 0.5], order: [0] }), identity(1));
    expect(plan.box).toBeDefined();
  });

  test.each([
    [() => chooseMethod([{ method: a, p: -0.1 }]), 'chooseMethod: p must be in [0, 1], got -0.1'],
    [
      () =>
        chooseMethod([
          { method: a, p: 0.75 },
          { method: b, p: 0.5 },
        ]),
      'chooseMethod: the sum of p must be at most 1, got 1.25',
    ],
    [
      () => chooseMethod([{ method: a, p: 1 }], { per: 'couple' as never }),
      "chooseMethod: per must be 'batch', 'row' or 'pair', got couple",
    ],
    [
      () => draw(chooseMethod([{ method: regMixup(), p: 1 }], { per: 'row' }), 3),
      "chooseMethod: per 'row' needs plans of 3 rows, as the batch has, got 6",
    ],
    [
      () =>
        draw(
          chooseMethod(
            [
              { method: b, p: 0.5 },
              { method: resizeMix({ height: 8, width: 8 }), p: 0.5 },
            ],
            { per: 'row' },
          ),
          3,
        ),
      "chooseMethod: per 'row' needs plans of one fill, got cut and resize: choose per 'batch'",
    ],
    [
      () => draw(chooseMethod([{ method: manifoldMixup({ layers: [2] }), p: 0.5 }], { per: 'row' }), 3),
      "chooseMethod: per 'row' needs plans of one layer, got 2 and undefined: choose per 'batch'",
    ],
    [
      () =>
        draw(
          chooseMethod(
            [
              { method: mixup({ pairing: flipPairing }), p: 0.5 },
              { method: mixup({ pairing: otherHalf }), p: 0.5 },
            ],
            { per: 'pair' },
          ),
          4,
        ),
      "chooseMethod: per 'pair' needs methods that pair rows alike, as with flipPairing, got two partners for row 2 of the batch",
    ],
    [
      () => draw(chooseMethod([{ method: mixup({ pairing: rollPairing }), p: 1 }], { per: 'pair' }), 3),
      "chooseMethod: per 'pair' needs rows that meet each other, as flipPairing and halvesPairing give: row 0 meets 2, which meets another",
    ],
  ])('what can not be chosen is refused (%#)', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});

describe('remix', () => {
  const classes = [...Array(30).fill(0), ...Array(10).fill(1), ...Array(9).fill(2)] as number[];

  test.each([
    // own, partner, lambda, label lambda: 30 against 10 is three times as frequent, 10 against 9 is not.
    [0, 30, 0.4, 0],
    [0, 30, 0.5, 0.5],
    [0, 30, 0.9, 0.9],
    [30, 0, 0.6, 1],
    [30, 0, 0.5, 0.5],
    [30, 0, 0.1, 0.1],
    [30, 45, 0.4, 0.4],
    [3, 4, 0.4, 0.4],
  ])(
    'row %i and partner %i at lambda %f have label lambda %f, and features keep lambda',
    (own, other, lambda, label) => {
      const method = remix({ classes, pairing: () => Int32Array.of(other) });
      const plan = method(replay({ betas: [lambda] }), Int32Array.of(own));
      expect(plan.labelLambda).toEqual(Float64Array.of(label));
      expect(plan.lambda).toEqual(Float64Array.of(lambda));
      const y = mixLabels(oneHot(classes, 3), plan).data;
      if (classes[own] !== classes[other]) expect(y[classes[own] as number]).toBe(label);
    },
  );

  test('kappa infinite or tau 0 is mixup', () => {
    for (const options of [{ kappa: 1e9 }, { tau: 0 }]) {
      const plan = draw(remix({ classes, alpha: 1, ...options }), 49);
      expect(plan.labelLambda).toEqual(plan.lambda);
    }
  });

  test.each([
    [{ kappa: 0.5 }, 'remix: kappa must be >= 1, got 0.5'],
    [{ tau: 2 }, 'remix: tau must be in [0, 1], got 2'],
  ])('%o is refused, and a row with no class', (options, message) => {
    expect(() => remix({ classes, ...options })).toThrow(new RangeError(message));
    expect(() => draw(remix({ classes: [0, 1] }), 3)).toThrow(
      new RangeError('remix: index must be rows in [0, 2), got 2'),
    );
  });
});

test('regMixup: the clean batch with weight 1, then the mixed one with weight eta, of one lambda near 0.5', () => {
  const plan = draw(regMixup({ eta: 0.5 }), 4);
  const x = [[1], [2], [3], [4]];
  expect([...mixRows(x, plan).data.subarray(0, 4)]).toEqual([1, 2, 3, 4]);
  expect([...(plan.weight ?? [])]).toEqual([1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5]);
  expect(new Set(plan.lambda.subarray(4)).size).toBe(1);
  // Beta(20, 20) has a standard deviation of 0.078.
  expect(Math.abs((plan.lambda[4] as number) - 0.5)).toBeLessThan(0.4);
  expect(() => regMixup({ eta: -1 })).toThrow(new RangeError('regMixup: eta must be >= 0 and finite, got -1'));
});

describe('manifoldMixup', () => {
  test('draws each of its layers equally often, and no other', () => {
    const method = manifoldMixup({ layers: [0, 2, 3] });
    const random = createRandom(0);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 3000; i++) {
      const { layer = -1 } = method(random, identity(2));
      counts[layer] = (counts[layer] as number) + 1;
    }
    expect(counts[1]).toBe(0);
    for (const layer of [0, 2, 3]) {
      expect(Math.abs((counts[layer] as number) - 1000)).toBeLessThan(5 * Math.sqrt(3000 * (1 / 3) * (2 / 3)));
    }
  });

  test('mixing the output of a linear layer is mixing its input', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const plan = draw(manifoldMixup({ layers: [1] }), 5, seed);
        const x = Array.from({ length: 5 }, (_, i) => [i, i * i]);
        const layer = (rows: number[][]) => rows.map(([a = 0, b = 0]) => [2 * a - b + 1]);
        const { data } = mixRows(x, plan);
        const input = Array.from({ length: 5 }, (_, i) => [...data.subarray(2 * i, 2 * i + 2)]);
        const [first, second] = [mixRows(layer(x), plan).data, layer(input).flat()];
        for (const [i, value] of second.entries()) expect(first[i]).toBeCloseTo(value, 10);
      }),
    );
  });

  test.each([
    [[], 'manifoldMixup: layers must name a layer, got none'],
    [[1.5], 'manifoldMixup: layers must be integers >= 0, got 1.5'],
  ])('layers %j are refused', (layers, message) => {
    expect(() => manifoldMixup({ layers })).toThrow(new RangeError(message));
  });
});

test('cMixup and kMixup are mixup with their pairings, one lambda for the batch', () => {
  const targets = identity(30).map((i) => i % 7);
  const x = Array.from({ length: 30 }, (_, i) => [Math.sin(i)]);
  const both: [ReturnType<typeof mixup>, ReturnType<typeof mixup>][] = [
    [
      cMixup({ targets, bandwidth: 2, p: 0.5 }),
      mixup({ alpha: 2, lambdaPer: 'batch', p: 0.5, pairing: kernelPairing(targets, { bandwidth: 2 }) }),
    ],
    [cMixup({ targets }), mixup({ alpha: 2, lambdaPer: 'batch', pairing: kernelPairing(targets) })],
    [kMixup({ x, k: 4 }), mixup({ alpha: 1, lambdaPer: 'batch', pairing: transportPairing(x, { k: 4 }) })],
  ];
  for (const [short, long] of both) expect(draw(short, 30)).toEqual(draw(long, 30));
});

describe('plans with all that they can carry', () => {
  const classes = Int32Array.from({ length: 6 }, (_, i) => (i > 4 ? 1 : 0));
  const full = (seed: number, lambdaPer: LambdaPer = 'row') => ({
    ...draw(cutMix({ height: 4, width: 4, lambdaPer }), 6, seed),
    labelLambda: draw(remix({ classes, alpha: 1 }), 6, seed).labelLambda as Float64Array,
    weight: Float64Array.of(1, 2, 3, 4, 5, 6),
    layer: 2,
  });

  test('survive JSON to the bit', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(parsePlan(JSON.parse(JSON.stringify(planToJson(full(seed)))))).toEqual(full(seed));
      }),
    );
    const plain = draw(mixup(), 5);
    expect(parsePlan(JSON.parse(JSON.stringify(planToJson(plain))))).toEqual(plain);
  });

  test('survive plain JSON to the bit, which writes a typed array as an object', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(parsePlan(JSON.parse(JSON.stringify(full(seed))))).toEqual(full(seed));
      }),
    );
    expect(parsePlan(JSON.parse(JSON.stringify(plainPlan(identity(0)))))).toEqual(plainPlan(identity(0)));
  });

  test('survive JSON as plans of tables too, the swap to the bit, and mix the same table', () => {
    const columns = { city: ['Rome', 'Oslo', 'Bern', 'Kyiv', 'Lima', 'Riga'] };
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const plan = sampleTablePlan(createRandom(seed), full(seed));
        for (const json of [planToJson(plan), plan]) {
          const back = parsePlan(JSON.parse(JSON.stringify(json)));
          expect(back).toEqual(plan);
          expect(back.swap).toBeInstanceOf(Float64Array);
          const schema = { city: { kind: 'categorical', mix: 'swap' } } as const;
          expect(mixTable(columns, back, schema, { labels: [] })).toEqual(
            mixTable(columns, plan, schema, { labels: [] }),
          );
        }
        expect(planToJson(plan).swap).toEqual(Array.from(plan.swap));
      }),
    );
    expect(parsePlan(planToJson(full(0)))).not.toHaveProperty('swap');
  });

  const applied: [string, (plan: MixPlan) => unknown][] = [
    ['checkPlan', (plan) => checkPlan(plan, 6, 'checkPlan')],
    ['mixRows', (plan) => mixRows([[1], [2], [3], [4], [5], [6]], plan)],
    ['mixLabels', (plan) => mixLabels([[1], [2], [3], [4], [5], [6]], plan)],
    ['mixWeightedLabels', (plan) => mixWeightedLabels([[1], [2], [3], [4], [5], [6]], [1, 1, 1, 1, 1, 1], plan)],
    ['mixImages', (plan) => mixImages({ data: new Float32Array(6 * 16), shape: [6, 4, 4, 1] }, plan)],
    ['auditPlan', (plan) => auditPlan(classes, plan)],
    ['mixTensors', (plan) => mixTensors({ tidy: (run: () => void) => run() } as never, {}, plan)],
    ['sampleTablePlan', (plan) => sampleTablePlan(createRandom(0), plan)],
    ['mixTable', (plan) => mixTable({ a: [1, 2, 3, 4, 5, 6] }, plan, { a: { kind: 'numeric' } })],
    ['takePlan', (plan) => takePlan(plan, identity(6))],
    ['joinPlans', (plan) => joinPlans(plan, plan)],
    ['planToJson', planToJson],
  ];
  test.each(applied)('that plain JSON has robbed of their arrays are refused by %s', (name, apply) => {
    const plan = full(0);
    expect(() => apply(JSON.parse(JSON.stringify(plan)))).toThrow(
      new TypeError(`${name}: plan must have index, partner and lambda, all arrays, as parsePlan reads them from JSON`),
    );
  });

  test.each(['index', 'partner', 'lambda', 'labelLambda', 'weight', 'box'] as const)(
    'are refused where %s is no array any more, and not where it is a plain one',
    (key) => {
      const robbed = { ...full(0), [key]: JSON.parse(JSON.stringify(full(0)[key])) };
      expect(() => checkPlan(robbed as MixPlan, 6, 'train')).toThrow(TypeError);
      const plain = { ...full(0), [key]: Array.from(full(0)[key] ?? []) };
      expect(() => checkPlan(plain as never, 6, 'train')).not.toThrow();
    },
  );

  test('cut in two and joined they are what they were', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(6), (seed, at) => {
        const plan = full(seed);
        const parts = [takePlan(plan, identity(6).slice(0, at)), takePlan(plan, identity(6).slice(at))];
        expect(joinPlans(...parts)).toEqual(plan);
      }),
    );
  });

  test('lose what takePlan and joinPlans do not know, such as the swap of a table, rather than keep it for other rows', () => {
    const odd = { ...full(0), swap: Float64Array.of(1, 2, 3, 4, 5, 6) };
    expect(takePlan(odd, identity(6))).toEqual(full(0));
    expect(joinPlans(odd)).toEqual(full(0));
  });

  test('joined with a plain plan, that has empty boxes, weight 1 and its lambda for labels', () => {
    const { layer: _, ...plan } = full(0);
    const joined = joinPlans(draw(mixup({ alpha: 1 }), 2), plan);
    expect([...(joined.box?.subarray(0, 8) ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect([...(joined.weight ?? [])]).toEqual([1, 1, 1, 2, 3, 4, 5, 6]);
    expect(joined.labelLambda?.subarray(0, 2)).toEqual(joined.lambda.subarray(0, 2));
    expect(() => joinPlans(full(0), plan)).toThrow(
      new RangeError('joinPlans: layer must be the same in all plans, got 2 and undefined'),
    );
  });

  const json = { index: [0], partner: [1], lambda: [0.5] };
  test.each([
    [null, new TypeError('parsePlan: a plan must be an object, got null')],
    [{ ...json, lambda: 'x' }, new TypeError('parsePlan: lambda must be an array of numbers')],
    [{ ...json, box: [null] }, new TypeError('parsePlan: box must be an array of numbers')],
    [{ index: [0], partner: [0] }, new TypeError('parsePlan: lambda must be an array of numbers')],
    [{ ...json, index: { 1: 0 } }, new TypeError('parsePlan: index must be an array of numbers')],
    [{ ...json, index: { 0: 0, length: 1 } }, new TypeError('parsePlan: index must be an array of numbers')],
    [{ ...json, weight: { 0: '1' } }, new TypeError('parsePlan: weight must be an array of numbers')],
    [{ ...json, lambda: { 0: null } }, new TypeError('parsePlan: lambda must be an array of numbers')],
    [{ ...json, index: [-1] }, new RangeError('parsePlan: index must be integers in [0, 2 ** 31), got -1')],
    [{ ...json, partner: [0.5] }, new RangeError('parsePlan: partner must be integers in [0, 2 ** 31), got 0.5')],
    [{ ...json, lambda: [2] }, new RangeError('parsePlan: lambda of plan row 0 must be in [0, 1], got 2')],
    [{ ...json, labelLambda: [-1] }, new RangeError('parsePlan: labelLambda of plan row 0 must be in [0, 1], got -1')],
    [{ ...json, weight: [-1] }, new RangeError('parsePlan: weight of plan row 0 must be >= 0 and finite, got -1')],
    [{ ...json, fill: 'blur' }, new RangeError("parsePlan: fill must be 'cut' or 'resize', got blur")],
    [{ ...json, swap: 'x' }, new TypeError('parsePlan: swap must be an array of numbers')],
    [{ ...json, swap: [1] }, new RangeError('parsePlan: swap must be a number in [0, 1) for each of 1 rows')],
    [{ ...json, swap: [0.5, 0.5] }, new RangeError('parsePlan: swap must be a number in [0, 1) for each of 1 rows')],
    [{ ...json, layer: -1 }, new RangeError('parsePlan: layer must be an integer >= 0, got -1')],
    [{ ...json, box: [1] }, new RangeError('parsePlan: box of a plan must have 4 numbers a row, got 1 for 1 rows')],
    [
      { ...json, partner: [] },
      new RangeError('parsePlan: index, partner and lambda of a plan must have one length, got 1, 0 and 1'),
    ],
  ])('what is no plan is refused by parsePlan (%#)', (value, error) => {
    expect(() => parsePlan(value)).toThrow(error);
  });
});
