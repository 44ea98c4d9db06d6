export { createRandomState, type Draw, type RandomState } from './random-state.ts';
