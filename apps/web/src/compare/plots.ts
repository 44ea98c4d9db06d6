/** The plots, with all that draws them: a module of their own, so that they come late. */
export { accuracyPlot, differencePlot } from '@mixup/experiments/plot';
