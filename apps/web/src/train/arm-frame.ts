/** What one network is like after so many epochs, and which of two is right where. */
import type { Rows } from '@mixup/core';
import type { Data, WasmNetwork } from '@mixup/models';
import { type ArmFrame, type ArmName, type History, sureFrom } from './frame.ts';
import type { PlaneProblem } from './problem.ts';

export interface SeenArm {
  readonly network: WasmNetwork;
  readonly history: History;
  /** All rows of the problem. */
  readonly data: Data;
  /** The places of the surface. */
  readonly places: Data;
}

export function createArmFrame({ network, history, data, places }: SeenArm, { labels, wrong }: PlaneProblem): ArmFrame {
  const surface = network.predict(places);
  const [rows, classes] = surface.shape as [number, number];
  let sure = 0;
  for (let at = 0; at < rows; at++) {
    const most = Math.max(...surface.data.subarray(at * classes, (at + 1) * classes));
    if (most >= sureFrom) sure += 1;
  }
  // Copies, as the session goes on writing to its own.
  const copy = Object.fromEntries(Object.entries(history).map(([name, values]) => [name, [...values]]));
  const learnt = wrong.length > 0 ? rightOf(network.predict(data, wrong), labels, wrong) : [];
  return {
    history: copy as unknown as History,
    surface: surface.data,
    sure: sure / rows,
    wrongLearnt: learnt.filter(Boolean).length,
  };
}

/** Count the held-out points that only one of two networks is right about. */
export function countOnlyRight(
  first: SeenArm,
  second: SeenArm,
  { labels, heldOut }: PlaneProblem,
): Record<ArmName, number> {
  const [a, b] = [first, second].map(({ network, data }) => rightOf(network.predict(data, heldOut), labels, heldOut));
  return {
    baseline: heldOut.filter((_, i) => a?.[i] && !b?.[i]).length,
    mixup: heldOut.filter((_, i) => b?.[i] && !a?.[i]).length,
  };
}

/** @returns whether the most probable class of each row is its label; of equal ones the first, as the engine has it */
function rightOf({ data, shape }: Rows<Float32Array>, labels: Int32Array, index: Int32Array): boolean[] {
  const classes = shape[1] as number;
  return Array.from(index, (row, i) => {
    const probabilities = data.subarray(i * classes, (i + 1) * classes);
    return probabilities.indexOf(Math.max(...probabilities)) === labels[row];
  });
}
