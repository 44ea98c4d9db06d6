/** The schema of trials: results that were written down are checked before they count. */
import * as v from 'valibot';
import { armNames } from './arm.ts';
import type { ArmResult, TrialResult } from './result.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const fraction = v.pipe(finite, v.minValue(0), v.maxValue(1));
const history = v.strictObject({ loss: v.array(finite), accuracy: v.array(fraction) });
const arm = v.strictObject({ steps: count, training: history, heldOut: history });

const schema = v.strictObject({
  id: v.string(),
  dataset: v.string(),
  dataDigest: v.string(),
  engine: v.string(),
  trial: count,
  trainRows: count,
  heldOutRows: count,
  arms: v.strictObject(v.entriesFromList(armNames, v.exactOptional(arm))),
});

/**
 * Check a trial that comes from outside.
 *
 * @param input anything, for instance parsed JSON
 * @throws TypeError with one line that names the first thing wrong
 * @example
 * parseTrialResult(JSON.parse(line));
 */
export function parseTrialResult(input: unknown): TrialResult {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output as TrialResult;
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  throw new TypeError(
    `parseTrialResult: ${place === null ? 'a trial' : place} must be ${issue.expected}, got ${issue.received}`,
  );
}

/**
 * Write a trial as one line of JSON: keys in one order, whoever computed it.
 *
 * @returns a line without its end
 */
export function formatTrialResult(result: TrialResult): string {
  const { id, dataset, dataDigest, engine, trial, trainRows, heldOutRows } = result;
  const arms = Object.fromEntries(
    armNames.flatMap((name) => {
      const arm = result.arms[name];
      return arm ? [[name, orderArm(arm)]] : [];
    }),
  );
  return JSON.stringify({ id, dataset, dataDigest, engine, trial, trainRows, heldOutRows, arms });
}

function orderArm({ steps, training, heldOut }: ArmResult): ArmResult {
  return {
    steps,
    training: { loss: training.loss, accuracy: training.accuracy },
    heldOut: { loss: heldOut.loss, accuracy: heldOut.accuracy },
  };
}
