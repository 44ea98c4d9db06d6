/**
 * The plots, with all that draws them: a module of their own, so that they come late.
 *
 * @public it is imported whole
 */
export { accuracyPlot, differencePlot } from '@mixup/experiments/plot';
