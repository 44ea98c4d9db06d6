/** The conformance suite of engines: what every one of them must do, as cases that any test framework can run. */
import type { Engine } from '../engine.ts';
import { agreementCases } from './agreement.ts';
import { batchCases } from './batches.ts';
import { boxCases } from './boxes.ts';
import { lifeCases } from './life.ts';
import { loadingCases } from './loading.ts';
import { settingCases } from './settings.ts';

/** A sentence that can be false, and the work that finds out. */
export interface ConformanceCase {
  readonly name: string;
  /** @throws Error that tells what was wrong */
  run(): Promise<void>;
}

export interface ConformanceOptions {
  /**
   * How far numbers may lie from those of the float64 reference after 30 epochs, as a part of them. Default 1e-4: float32 sums
   * in another order, a hundred times over.
   */
  readonly tolerance?: number;
}

/** What a group of cases works with. */
export interface Bench {
  readonly engine: Engine;
  readonly tolerance: number;
}

/**
 * List what an engine must do: agree with the float64 reference of this package on losses, weights, gradients, soft labels,
 * sample weights, masks, boxes of images, mixing above the input, batches of every size and every setting of an optimizer, from the same
 * weights and plans; repeat itself exactly; stop when it is told to; refuse rows that nothing can be learnt from, and what was disposed of.
 *
 * @param create starts the engine; called once for each case
 * @returns cases to be run in any order
 * @example
 * for (const { name, run } of engineConformance(() => createWasmEngine(), { tolerance: 1e-5 })) it(name, run);
 */
export function engineConformance(
  create: () => Engine | Promise<Engine>,
  { tolerance = 1e-4 }: ConformanceOptions = {},
): ConformanceCase[] {
  if (!(tolerance > 0 && tolerance < 1)) {
    throw new RangeError(`engineConformance: tolerance must be in (0, 1), got ${tolerance}`);
  }
  const cases = [...agreementCases, ...settingCases, ...boxCases, ...batchCases, ...loadingCases, ...lifeCases];
  return cases.map(({ name, check }) => ({
    name,
    run: async () => check({ engine: await create(), tolerance }),
  }));
}

/** A case before it knows the engine. */
export interface BenchCase {
  readonly name: string;
  check(bench: Bench): Promise<void>;
}
