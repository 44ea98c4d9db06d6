/**
 * The plots with Observable Plot inside, and the document to draw them with: built into one file, which loads in a third of the time of
 * their hundreds.
 */
import { parseHTML } from 'linkedom/worker';
import type { PlotDocument } from '../svg.ts';

export { accuracyPlot } from '../accuracy-plot.ts';
export { differencePlot } from '../difference-plot.ts';

/** A document where there is no browser. */
export function createDocument(): PlotDocument {
  return (parseHTML('<!doctype html><html><body></body></html>') as unknown as { document: PlotDocument }).document;
}
