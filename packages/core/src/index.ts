export { sampleBeta, sampleBetas } from './beta.ts';
export {
  type MixedBatch,
  type MixupGeneratorOptions,
  type MixupPlansOptions,
  mixupGenerator,
  mixupPlans,
} from './generator.ts';
export { oneHot, smoothLabels, toLabelRows } from './labels.ts';
export { mixRows } from './mix.ts';
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
export {
  createRandom,
  type Random,
  type RandomPosition,
  type RandomSource,
  restoreRandom,
  type Shuffleable,
} from './random.ts';
export { checkShape, type FloatArray, itemSize, type Rows, type RowsLike, toRows } from './rows.ts';
