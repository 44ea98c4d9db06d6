/** The data of trials, in an engine: loaded once where they are the same in each, as scaled on all rows they are. */
import { oneHot, type Rows } from '@mixup/core';
import type { Dataset } from '@mixup/datasets';
import type { Data, Engine } from '@mixup/models';

/** Data that trials on one engine have in common. */
export interface TrialData {
  /**
   * Take the data of a trial, for `give` to give back.
   *
   * @param features as the trial has scaled them, of shape [rows, …]
   */
  take(dataset: Dataset, features: Rows): Data;
  give(data: Data): void;
  /** Let go of all of it, of what is taken once it is given back. */
  dispose(): void;
}

interface Loaded {
  readonly dataset: Dataset;
  readonly features: Rows;
  readonly data: Data;
  takers: number;
}

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
      const known = all.find((each) => each.dataset === dataset && isSame(each.features, features));
      const loaded = known ?? load(dataset, features);
      loaded.takers++;
      return loaded.data;
    },
    give: (data) => {
      const loaded = all.find((each) => each.data === data);
      if (loaded) loaded.takers--;
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
