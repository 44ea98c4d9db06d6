export { type BetaConformance, type BetaConformanceOptions, betaConformance } from './beta-conformance.ts';
