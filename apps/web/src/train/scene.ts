/** Scenes: what lies in the plane, and which part of the plane is seen. */
import type { MixPlan, Rows } from '@mixup/core';
import { type Domain, type MixedPoint, type PointKind, type Scene, surfaceSize } from './frame.ts';
import type { PlaneProblem } from './problem.ts';

/** See all training points, with a margin. */
export function domainOf({ points, train }: PlaneProblem): Domain {
  const range = (axis: 0 | 1): [number, number] => {
    const values = Array.from(train, (row) => points[2 * row + axis] as number);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = 0.1 * Math.max(high - low, 0.1);
    // On tenths, so that the picture does not shake while a slider moves.
    return [Math.floor((low - margin) * 10) / 10, Math.ceil((high + margin) * 10) / 10];
  };
  return { x: range(0), y: range(1) };
}

/** @returns [surfaceSize * surfaceSize, 2], the places of a surface from the upper left corner, row by row */
export function gridOf({ x, y }: Domain): Rows<Float64Array> {
  const data = new Float64Array(2 * surfaceSize ** 2);
  for (let at = 0; at < surfaceSize ** 2; at++) {
    const [across, down] = [(at % surfaceSize) / (surfaceSize - 1), Math.floor(at / surfaceSize) / (surfaceSize - 1)];
    data[2 * at] = x[0] + across * (x[1] - x[0]);
    data[2 * at + 1] = y[1] - down * (y[1] - y[0]);
  }
  return { data, shape: [surfaceSize ** 2, 2] };
}

export function createScene(problem: PlaneProblem, domain: Domain): Scene {
  const { labels, train, wrong, heldOut, added, classNames, featureNames } = problem;
  const wrongRows = new Set(wrong);
  const kindOf = (row: number): PointKind =>
    row >= labels.length - added ? 'added' : wrongRows.has(row) ? 'wrong' : 'given';
  return {
    domain,
    classNames,
    featureNames,
    points: Array.from(train, (row) => ({ ...pointOf(problem, row), kind: kindOf(row) })),
    heldOut: heldOut.length,
  };
}

/** The last full batch of an epoch, as mixup made it. */
export function lastBatch(plan: MixPlan, problem: PlaneProblem, batchSize: number): MixedPoint[] {
  const rows = plan.index.length;
  const size = Math.min(batchSize, rows);
  const first = (Math.floor(rows / size) - 1) * size;
  return Array.from({ length: size }, (_, i) => {
    const lambda = plan.lambda[first + i] as number;
    const from = pointOf(problem, plan.index[first + i] as number);
    const to = pointOf(problem, plan.partner[first + i] as number);
    const blend = (a: number, b: number) => lambda * a + (1 - lambda) * b;
    return { x: blend(from.x, to.x), y: blend(from.y, to.y), lambda, from, to };
  });
}

function pointOf({ points, labels }: PlaneProblem, row: number) {
  return { x: points[2 * row] as number, y: points[2 * row + 1] as number, label: labels[row] as number };
}
