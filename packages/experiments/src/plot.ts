/** Plots of experiments, drawn with the document that is handed in. */
export { accuracyPlot } from './accuracy-plot.ts';
export { differencePlot } from './difference-plot.ts';
export type { PlotOptions } from './plot-frame.ts';
export { armMarks, darkPlotStyle, type PlotColours, type PlotThemeName, plotThemes } from './plot-theme.ts';
export type { PlotDocument } from './svg.ts';
