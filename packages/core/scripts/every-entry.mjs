/** Every entry of the package at once, to be weighed by size-limit; nobody imports it. */
export * as audit from '../dist/audit.js';
export * as conformance from '../dist/conformance.js';
export * as root from '../dist/index.js';
export * as methods from '../dist/methods.js';
export * as metrics from '../dist/metrics.js';
export * as numpy from '../dist/numpy.js';
export * as stream from '../dist/stream.js';
export * as table from '../dist/table.js';
export * as tfjs from '../dist/tfjs.js';
