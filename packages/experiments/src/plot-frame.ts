/** The frame of a plot: paper, title, line below it, font; what all plots have in common. */

import { type PlotColours, type PlotThemeName, plotFont, plotThemeNames, plotThemes } from './plot-theme.ts';
import type { ExperimentSummary } from './result.ts';
import { element, escapeXml, type PlotDocument, writeSvg } from './svg.ts';

export interface PlotOptions {
  /** What draws: `document` in a browser, `createDocument()` of `@mixup/experiments/node` in Node. */
  readonly document: PlotDocument;
  /** In pixels, in [360, 4096], default 720. */
  readonly width?: number;
  /** In pixels, in [240, 4096]; by default as the plot needs. */
  readonly height?: number;
  /** Default 'light', which `darkPlotStyle` can turn dark where the plot stands in a page. */
  readonly theme?: PlotThemeName;
}

/** The options, checked. */
export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  readonly colours: PlotColours;
}

/** @throws RangeError when an option is out of its range */
export function checkFrame(name: string, options: PlotOptions, defaultHeight: number): PlotFrame {
  const { width = 720, height = defaultHeight, theme = 'light' } = options;
  if (!(width >= 360 && width <= 4096)) throw new RangeError(`${name}: width must be in [360, 4096], got ${width}`);
  // A plot may need less by itself: what is given is what is checked.
  if (options.height !== undefined && !(height >= 240 && height <= 4096)) {
    throw new RangeError(`${name}: height must be in [240, 4096], got ${height}`);
  }
  if (!plotThemeNames.includes(theme)) throw new RangeError(`${name}: theme must be light or dark, got ${theme}`);
  return { width, height, colours: plotThemes[theme] };
}

/** Height of title and the line below it, in pixels. */
export const headHeight = 62;

export interface PlotText {
  readonly title: string;
  /** The line below the title. */
  readonly subtitle: string;
  /** What the picture shows, for those who can't see it. */
  readonly description: string;
  readonly idPrefix: string;
  /** Elements above the plot. */
  readonly after?: string;
}

/** Put a plot into its frame. */
export function framePlot(plot: object, { width, height, colours }: PlotFrame, text: PlotText): string {
  const { paper, ink, muted } = colours;
  const before = [
    element('title', {}, escapeXml(text.title)),
    element('desc', {}, escapeXml(text.description)),
    element('rect', { width, height, fill: paper }),
    element(
      'text',
      { x: 20, y: 29, fill: ink, 'font-size': 17, 'font-weight': 'bold', 'text-anchor': 'start' },
      escapeXml(text.title),
    ),
    element('text', { x: 20, y: 49, fill: muted, 'font-size': 12, 'text-anchor': 'start' }, escapeXml(text.subtitle)),
  ].join('');
  return writeSvg(plot, {
    before,
    after: text.after ?? '',
    idPrefix: text.idPrefix,
    attributes: {
      class: 'mixup-plot',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': `${text.title}. ${text.description}`,
      'font-family': plotFont,
      'font-size': 12,
      'text-anchor': 'middle',
      fill: ink,
    },
  });
}

/** "Digits" from "digits". */
export function capitalize(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** "20 trials", "1 trial". */
export function countTrials({ trials }: Pick<ExperimentSummary, 'trials'>): string {
  return `${trials} ${trials === 1 ? 'trial' : 'trials'}`;
}

/** What begins the ids of a plot: letters, digits and hyphens only. */
export function plotId(summary: ExperimentSummary, kind: string): string {
  return `${summary.dataset}-${summary.protocol}-${kind}`.replace(/[^A-Za-z0-9-]/g, '-');
}
