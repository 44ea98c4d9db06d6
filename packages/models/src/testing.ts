/** What every engine must do, to be run in any test framework: yours, for an engine of your own. */
export { type ConformanceCase, type ConformanceOptions, engineConformance } from './testing/conformance.ts';
export { createReferenceEngine } from './testing/reference-engine.ts';
