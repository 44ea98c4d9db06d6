/** The data of trials, in an engine: loaded once where they are the same in each, as scaled on all rows they are. */
import { oneHot, type Rows } from '@mixup/core';
import type { Dataset } from '@mixup/datasets';
import type { Data, Engine } from '@mixup/models';

/** Data that trials on one engine have in common. */
export interface TrialData {
  /**
   * Take the data of a trial.
   *
   * @param features as the trial has scaled them, of shape [rows, …]
   * @returns what `release` is to be called with after the trial
   * @throws Error after `dispose()`
   */
  take(dataset: Dataset, features: Rows): Data;
  /**
   * Give data back. It is kept for the next trial, until other data is loaded.
   *
   * @throws TypeError for what is not taken
   */
  release(data: Data): void;
  /** Let go of all of it, of what is taken once it is given back. */
  dispose(): void;
}

interface Loaded {
  readonly dataset: Dataset;
  readonly features: Rows;
  readonly data: Data;
  takers: number;
}

/**
 * Share the data of trials that run on one engine.
 *
 * @param engine that the trials run on
 * @example
 * const sharedData = createTrialData(engine);
 * for (const trial of [0, 1]) results.push(await runTrial(engine, dataset, config, trial, { sharedData }));
 * sharedData.dispose();
 */
export function createTrialData(engine: Engine): TrialData {
  let all: Loaded[] = [];
  let disposed = false;
  const drop = () => {
    for (const { data } of all.filter(({ takers }) => takers === 0)) data.dispose();
    all = all.filter(({ takers }) => takers > 0);
  };
  const load = (dataset: Dataset, features: Rows): Loaded => {
    // What the trials before had is not what this one has, so that it is no use to the next.
    drop();
    const data = engine.load(features, oneHot(dataset.labels, dataset.classNames.length));
    const loaded = { dataset, features, data, takers: 0 };
    all.push(loaded);
    return loaded;
  };
  return {
    take: (dataset, features) => {
      if (disposed) throw new Error('take: trial data must not be used after dispose()');
      const known = all.find((each) => each.dataset === dataset && isSame(each.features, features));
      const loaded = known ?? load(dataset, features);
      loaded.takers++;
      return loaded.data;
    },
    release: (data) => {
      const loaded = all.find((each) => each.data === data && each.takers > 0);
      if (!loaded) throw new TypeError('release: data must be what take() returned, and be given back once');
      loaded.takers--;
      if (disposed) drop();
    },
    dispose: () => {
      disposed = true;
      drop();
    },
  };
}

function isSame(a: Rows, b: Rows): boolean {
  return a.data === b.data && a.shape.join() === b.shape.join();
}
