/** Trials: pure functions of config, data and number, computed by whoever in whatever order. */
import { createRandom } from '@mixup/core';
import { createDataset, loadDataset, loadIris } from '@mixup/datasets';
import { createWasmEngine, type Engine } from '@mixup/models';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ExperimentConfig, parseConfig } from '../src/config.ts';
import { type Executor, runTrials } from '../src/executor.ts';
import { createInlineExecutor } from '../src/inline-executor.ts';
import { joinExecutors } from '../src/joint-executor.ts';
import { prepareData } from '../src/protocol.ts';
import type { TrialResult } from '../src/result.ts';
import { runTrial } from '../src/trial.ts';
import { createTrialData } from '../src/trial-data.ts';
import { parseTrialResult } from '../src/trial-schema.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createWasmEngine();
});

const short = (input: object = {}) => parseConfig({ dataset: 'iris', epochs: 4, trials: 6, ...input });

describe('runTrial', () => {
  test('gives the same result again, whatever ran before it', async () => {
    const iris = await loadIris();
    const first = await runTrial(engine, iris, short(), 3);
    await runTrial(engine, iris, short({ hidden: [3, 5] }), 1);
    const again = await runTrial(await createWasmEngine(), await loadIris(), short(), 3);
    expect(again).toEqual(first);
    expect(parseTrialResult(JSON.parse(JSON.stringify(first)))).toEqual(first);
  });

  test('gives an arm the same result whichever arms are beside it', async () => {
    const iris = await loadIris();
    const all = await runTrial(engine, iris, short(), 0);
    for (const arm of ['baseline', 'append', 'duplicate', 'batch'] as const) {
      expect((await runTrial(engine, iris, short({ arms: [arm] }), 0)).arms[arm]).toEqual(all.arms[arm]);
    }
  });

  test('gives baseline the same result whatever is mixed beside it', async () => {
    const iris = await loadIris();
    const one = await runTrial(engine, iris, short(), 0);
    const other = await runTrial(engine, iris, short({ alpha: 3, mixSize: 7 }), 0);
    expect(other.arms.baseline).toEqual(one.arms.baseline);
    expect(other.arms.append).not.toEqual(one.arms.append);
  });

  test('takes other splits and weights in other trials and for other seeds', async () => {
    const iris = await loadIris();
    const losses = [];
    for (const [trial, seed] of [
      [0, 0],
      [1, 0],
      [0, 1],
    ] as const) {
      losses.push((await runTrial(engine, iris, short({ seed }), trial)).arms.baseline?.heldOut.loss[0]);
    }
    expect(new Set(losses).size).toBe(3);
  });

  test('counts the steps: those of all batches, the last one smaller', async () => {
    const { arms, trainRows, heldOutRows } = await runTrial(
      engine,
      await loadIris(),
      short({ batchSize: 50, mixSize: 40 }),
      0,
    );
    expect([trainRows, heldOutRows]).toEqual([120, 30]);
    // 120 rows are 3 batches of at most 50, and 160 are 4; 4 epochs.
    const steps = Object.fromEntries(Object.entries(arms).map(([name, arm]) => [name, arm.steps]));
    expect(steps).toEqual({ baseline: 12, append: 16, duplicate: 16, batch: 12 });
  });

  test('with alpha 0, where nothing is mixed, append is its control and batch the baseline', async () => {
    const { arms } = await runTrial(engine, await loadIris(), short({ alpha: 0 }), 0);
    expect(arms.append).toEqual(arms.duplicate);
    expect(arms.batch).toEqual(arms.baseline);
    expect(arms.duplicate).not.toEqual(arms.baseline);
  });

  test('scores the held-out rows and not those that it trains on', async () => {
    const iris = await loadIris();
    const config = short({ epochs: 2 });
    const random = createRandom(0).fork('iris').fork('trial 0');
    const { heldOut } = prepareData(random.fork('split'), iris, config);
    // Wrong labels on the held-out rows alone change their scores and nothing else of baseline.
    const labels = iris.labels.slice();
    for (const row of heldOut) labels[row] = ((labels[row] as number) + 1) % 3;
    const spoilt = createDataset({ name: 'iris', features: iris.features, labels: [...labels].map((id) => `${id}`) });
    const clean = (await runTrial(engine, iris, config, 0)).arms.baseline;
    const wrong = (await runTrial(engine, spoilt, config, 0)).arms.baseline;
    expect(wrong?.training).toEqual(clean?.training);
    expect(wrong?.heldOut).not.toEqual(clean?.heldOut);
  });

  test('refuses more mixed rows than the training rows allow, and says how many they do', async () => {
    await expect(runTrial(engine, await loadIris(), short({ mixSize: 61 }), 0)).rejects.toThrow(
      'mixSize must be at most 60 for iris: each mixed row takes two of the 120 training rows, got 61',
    );
  });
});

test('a trial that diverges is named with its arm, and what the engine said is the cause', async () => {
  const config = short({ arms: ['batch', 'baseline'], learningRate: 1e30 });
  const error = await runTrial(engine, await loadIris(), config, 3).catch((error: Error) => error);
  expect(error).toBeInstanceOf(RangeError);
  const { message, cause } = error as Error;
  expect(message).toMatch(
    /^trial 3, batch: train: the (loss is|weights are) no longer finite after \d+ steps; lower the learning rate, [^\n]+$/,
  );
  expect(message).toBe(`trial 3, batch: ${(cause as Error).message}`);
});

describe('protocols', () => {
  const moments = (columns: ArrayLike<number>, rows: Iterable<number>, width: number, column: number) => {
    const values = [...rows].map((row) => columns[row * width + column] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { mean, variance };
  };

  test.each([
    ['article', 'all rows'],
    ['rigorous', 'the training rows alone'],
  ] as const)('%s scales on %s', async (protocol, _) => {
    const iris = await loadIris();
    const { features, train, heldOut } = prepareData(createRandom(7), iris, short({ protocol }));
    const scaledOn = protocol === 'article' ? [...train, ...heldOut] : [...train];
    const notOn = protocol === 'article' ? [...train] : [...train, ...heldOut];
    for (let column = 0; column < 4; column++) {
      const { mean, variance } = moments(features.data, scaledOn, 4, column);
      expect(Math.abs(mean)).toBeLessThan(1e-6);
      expect(Math.abs(variance - 1)).toBeLessThan(1e-6);
      expect(Math.abs(moments(features.data, notOn, 4, column).variance - 1)).toBeGreaterThan(1e-6);
    }
  });

  test('rigorous holds out as many rows of each class, article as chance has it', async () => {
    const iris = await loadIris();
    const classesOf = (rows: Int32Array) => [0, 1, 2].map((id) => rows.filter((row) => iris.labels[row] === id).length);
    const splits = (protocol: string) =>
      [1, 2, 3, 4].map((seed) => classesOf(prepareData(createRandom(seed), iris, short({ protocol })).heldOut).join());
    expect(new Set(splits('rigorous'))).toEqual(new Set(['10,10,10']));
    expect(new Set(splits('article')).size).toBeGreaterThan(1);
  });
});

describe('runTrials', () => {
  const inline = () => createInlineExecutor({ engine, load: loadDataset });

  test('gives all trials in order, and tells each once', async () => {
    const told: number[] = [];
    const trials = await runTrials(short(), { executor: inline(), onTrial: ({ trial }) => void told.push(trial) });
    expect(trials.map(({ trial }) => trial)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(told.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('computes no trial that is there already', async () => {
    const all = await runTrials(short(), { executor: inline() });
    const told: number[] = [];
    const resumed = await runTrials(short(), {
      executor: inline(),
      done: [all[4], all[1]] as TrialResult[],
      onTrial: ({ trial }) => void told.push(trial),
    });
    expect(told).toEqual([0, 2, 3, 5]);
    expect(resumed).toEqual(all);
  });

  test('once aborted it starts no trial and gives those that are finished', async () => {
    const stop = new AbortController();
    const trials = await runTrials(short(), {
      executor: inline(),
      signal: stop.signal,
      onTrial: ({ trial }) => {
        if (trial === 2) stop.abort();
      },
    });
    expect(trials.map(({ trial }) => trial)).toEqual([0, 1, 2]);
  });

  test('pauses before each epoch of each arm, and ends with what a pause throws', async () => {
    let pauses = 0;
    const config = short({ arms: ['baseline', 'append'], epochs: 4 });
    await runTrial(engine, await loadIris(), config, 0, { pause: async () => void pauses++ });
    expect(pauses).toBe(8);
    const pause = () => Promise.reject(new Error('enough'));
    await expect(runTrial(engine, await loadIris(), config, 0, { pause })).rejects.toThrow('enough');
  });

  describe('the data of an inline executor', () => {
    const counting = () => {
      const held: number[] = [];
      let live = 0;
      const counted: Engine = {
        ...engine,
        load: (x, y, options) => {
          const data = engine.load(x, y, options);
          held.push(++live);
          return {
            ...data,
            dispose: () => {
              live--;
              data.dispose();
            },
          };
        },
      };
      return { counted, held, live: () => live };
    };
    const rows = { data: new Float64Array(12), shape: [6, 2] as const };
    const six = createDataset({ features: rows, labels: [0, 1, 0, 1, 0, 1], name: 'six' });

    test('is loaded once for what is the same in each trial, and given back at the end', async () => {
      const { counted, held, live } = counting();
      const data = createTrialData(counted);
      const [one, other] = [data.take(six, rows), data.take(six, { ...rows })];
      expect(other).toBe(one);
      data.release(one);
      data.release(other);
      expect(data.take(six, rows)).toBe(one);
      data.release(one);
      expect([held, live()]).toEqual([[1], 1]);
      data.dispose();
      expect(live()).toBe(0);
    });

    test('makes room for other data first, but for what a trial still has', async () => {
      const { counted, held, live } = counting();
      const data = createTrialData(counted);
      data.release(data.take(six, rows));
      const taken = data.take(six, { ...rows, data: rows.data.slice() });
      expect([held, live()]).toEqual([[1, 1], 1]);
      data.take(six, { ...rows, shape: [6, 1, 2] });
      expect(live()).toBe(2);
      data.dispose();
      expect(live()).toBe(2);
      data.release(taken);
      expect(live()).toBe(1);
      expect(() => data.release(taken)).toThrow('release: data must be what take() returned, and be given back once');
      expect(() => data.take(six, rows)).toThrow('must not be used after dispose()');
    });

    test.each(['article', 'rigorous'] as const)('changes no result of the %s protocol', async (protocol) => {
      const executor = inline();
      const iris = await loadIris();
      for (const trial of [0, 1, 0]) {
        const config = short({ protocol });
        expect(await executor.run(config, trial)).toEqual(
          await runTrial(await createWasmEngine(), iris, config, trial),
        );
      }
      await executor.close();
    });

    test('leaves an engine no larger, however many trials there were', async () => {
      const own = await createWasmEngine();
      const run = async () => {
        const executor = createInlineExecutor({ engine: own, load: loadDataset });
        await runTrials(short({ protocol: 'rigorous' }), { executor });
        await runTrials(short(), { executor });
        await executor.close();
      };
      await run();
      const bytes = own.memoryBytes;
      for (let i = 0; i < 5; i++) await run();
      expect(own.memoryBytes).toBe(bytes);
    });
  });

  test('closing an inline executor gives up its trial at the next pause', async () => {
    const executor = createInlineExecutor({
      engine,
      load: loadDataset,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    });
    const endless = executor.run(short({ epochs: 1_000_000 }), 0);
    setImmediate(() => executor.close());
    await expect(endless).rejects.toThrow('must not be used after close()');
    await expect(executor.run(short(), 0)).rejects.toThrow('must not be used after close()');
  });

  test('joined executors share the trials, and give what one alone gives', async () => {
    const counts = [0, 0];
    const counted = counts.map((_, i) => {
      const executor = createInlineExecutor({
        engine,
        load: loadDataset,
        pause: () => new Promise((resolve) => setImmediate(resolve)),
      });
      return {
        ...executor,
        run: (config: ExperimentConfig, trial: number) => {
          counts[i] = (counts[i] as number) + 1;
          return executor.run(config, trial);
        },
      };
    });
    const joint = joinExecutors(...counted);
    expect(joint.concurrency).toBe(2);
    const trials = await runTrials(short(), { executor: joint });
    expect(trials).toEqual(await runTrials(short(), { executor: inline() }));
    expect(Math.min(...counts)).toBeGreaterThan(0);
    const atOnce = [0, 1, 2].map((trial) => joint.run(short(), trial));
    await expect(atOnce[2]).rejects.toThrow('run: there must be at most 2 trials at once, got one more');
    await Promise.all(atOnce.slice(0, 2));
    await joint.close();
    await expect(joint.run(short(), 0)).rejects.toThrow('must not be used after close()');
    expect(() => joinExecutors()).toThrow('joinExecutors: there must be at least 1 executor, got 0');
  });

  test('a trial that fails ends the run with its error, and so does one that can not be kept', async () => {
    await expect(runTrials(short({ mixSize: 61 }), { executor: inline() })).rejects.toThrow(
      'mixSize must be at most 60',
    );
    const full = () => Promise.reject(new Error('no space is left'));
    await expect(runTrials(short(), { executor: inline(), onTrial: full })).rejects.toThrow('no space is left');
  });

  test('shares the last trials out arm by arm, as many as there are workers, and gives the same', async () => {
    const one = inline();
    const calls: string[] = [];
    const three: Executor = {
      ...one,
      concurrency: 3,
      run: (config, trial) => {
        calls.push(`${trial} ${config.arms.join()}`);
        return one.run(config, trial);
      },
    };
    const config = short({ trials: 5, arms: ['append', 'baseline', 'batch'] });
    const told: number[] = [];
    const done = (await runTrials(config, { executor: one })).filter(({ trial }) => trial === 3);
    const trials = await runTrials(config, { executor: three, done, onTrial: ({ trial }) => void told.push(trial) });
    const parts = [1, 2, 4].flatMap((trial) => config.arms.map((arm) => `${trial} ${arm}`));
    expect(calls).toEqual([`0 ${config.arms.join()}`, ...parts]);
    expect(told.sort()).toEqual([0, 1, 2, 4]);
    // The bytes are the same too.
    expect(JSON.stringify(trials)).toBe(JSON.stringify(await runTrials(config, { executor: one })));
  });

  test('a trial of which one arm failed is not kept', async () => {
    const one = inline();
    const told: number[] = [];
    const failing: Executor = {
      ...one,
      concurrency: 2,
      run: async (config, trial) => {
        if (config.arms.includes('duplicate')) throw new Error('no room');
        return one.run(config, trial);
      },
    };
    const run = runTrials(short({ trials: 1 }), { executor: failing, onTrial: ({ trial }) => void told.push(trial) });
    await expect(run).rejects.toThrow('no room');
    expect(told).toEqual([]);
  });

  test('gives the same whatever the order in which an executor finishes', async () => {
    const one = inline();
    // Finishes the trials under way last in, first out.
    const waiting: (() => void)[] = [];
    const backwards: Executor = {
      concurrency: 3,
      run: async (config, trial) => {
        const result = await one.run(config, trial);
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          setTimeout(() => waiting.pop()?.(), 0);
        });
        return result;
      },
      close: () => one.close(),
    };
    expect(await runTrials(short(), { executor: backwards })).toEqual(await runTrials(short(), { executor: one }));
  });
});
