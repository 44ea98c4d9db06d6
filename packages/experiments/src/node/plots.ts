/** The plots with Observable Plot inside: built into one file, which loads in a third of the time of its hundreds. */
export { accuracyPlot } from '../accuracy-plot.ts';
export { differencePlot } from '../difference-plot.ts';
