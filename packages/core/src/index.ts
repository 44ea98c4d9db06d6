export { sampleBeta, sampleBetas } from './beta.ts';
export { toClassIds } from './class-ids.ts';
export { boxArea, checkBoxes } from './filled-box.ts';
export {
  type MixedBatch,
  type MixupGeneratorOptions,
  type MixupPlansOptions,
  mixupGenerator,
  mixupPlans,
} from './generator.ts';
export { oneHot, smoothLabels, toLabelRows } from './labels.ts';
export { foldLambda, type LambdaPer } from './lambda.ts';
export type { MixMethod } from './method.ts';
export { mixRows } from './mix.ts';
export { type MixupOptions, mixup } from './mixup.ts';
export {
  derangementPairing,
  flipPairing,
  halvesPairing,
  type Pairing,
  permutationPairing,
  rollPairing,
} from './pairing.ts';
export { identity, samplePermutation, shuffle } from './permutation.ts';
export { type PlacedRows, placeRows } from './placed-rows.ts';
export {
  checkPlan,
  joinPlans,
  type MixPlan,
  type MixPlanOptions,
  plainPlan,
  sampleLambda,
  sampleMixPlan,
  takePlan,
} from './plan.ts';
export { type PlanJson, parsePlan, planToJson } from './plan-json.ts';
export {
  createRandom,
  type Random,
  type RandomPosition,
  type RandomSource,
  restoreRandom,
  type Shuffleable,
} from './random.ts';
export { checkShape, type FloatArray, itemSize, type Rows, type RowsLike, toRows, type UncheckedRows } from './rows.ts';
export { offForLast, ramp, type Schedule, scheduleValue, warmUp } from './schedule.ts';
export { mixLabels, multiHot, toColumn } from './targets.ts';
export { mixWeightedLabels, type WeightedLabels, weighClasses } from './weights.ts';
