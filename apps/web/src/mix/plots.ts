/**
 * The marks of Observable Plot that this room draws with: a module of their own, so that they come late.
 *
 * @public it is imported whole
 */
export { dot, lineY, link, plot, rectY, ruleY } from '@observablehq/plot';
