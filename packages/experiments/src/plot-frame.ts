/** The frame of a plot: paper, title, line below it, font; what all plots have in common. */

import { type PlotColours, type PlotThemeName, plotFont, plotThemeNames, plotThemes } from './plot-theme.ts';
import type { ExperimentSummary } from './result.ts';
import { element, escapeXml, type PlotDocument, writeSvg } from './svg.ts';

export interface PlotOptions {
  /** What draws: `document` in a browser, `createDocument()` of `@mixup/experiments/node` in Node. */
  readonly document: PlotDocument;
  /** In pixels, in [360, 4096], default 720. */
  readonly width?: number;
  /** In pixels, in [240, 4096]; by default as the plot needs. Titles that must be wrapped come on top of it. */
  readonly height?: number;
  /** Default 'light', which `darkPlotStyle` can turn dark where the plot stands in a page. */
  readonly theme?: PlotThemeName;
}

/** The options, checked. */
export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  readonly colours: PlotColours;
  /** As on phones: there is no room for all that is said beside the marks. */
  readonly narrow: boolean;
}

/** Plots of less width than this say less, in pixels. */
const leastWide = 560;

/** @throws RangeError when an option is out of its range */
export function checkFrame(name: string, options: PlotOptions, defaultHeight: number): PlotFrame {
  const { width = 720, height = defaultHeight, theme = 'light' } = options;
  if (!(width >= 360 && width <= 4096)) throw new RangeError(`${name}: width must be in [360, 4096], got ${width}`);
  // A plot may need less by itself: what is given is what is checked.
  if (options.height !== undefined && !(height >= 240 && height <= 4096)) {
    throw new RangeError(`${name}: height must be in [240, 4096], got ${height}`);
  }
  if (!plotThemeNames.includes(theme)) throw new RangeError(`${name}: theme must be light or dark, got ${theme}`);
  return { width, height, colours: plotThemes[theme], narrow: width < leastWide };
}

/** Height of title and the line below it, in pixels. */
export const headHeight = 62;

export interface PlotText {
  readonly title: string;
  /** The line below the title. */
  readonly subtitle: string;
  /** What the picture shows, for those who can't see it. */
  readonly description: string;
  /** Elements above the plot. */
  readonly after?: string;
}

/** The lines above a plot: size and what a letter takes of it on average, distance from one line to the next. */
const head = {
  title: { size: 17, letter: 0.64, leading: 21 },
  subtitle: { size: 12, letter: 0.54, leading: 16 },
} as const;

/** Put a plot into its frame. */
export function framePlot(plot: object, { width, height, colours }: PlotFrame, text: PlotText): string {
  const { paper, ink, muted } = colours;
  const title = wrapWords(text.title, (width - 40) / (head.title.size * head.title.letter));
  const subtitle = wrapWords(text.subtitle, (width - 40) / (head.subtitle.size * head.subtitle.letter));
  const below = (title.length - 1) * head.title.leading;
  const extra = below + (subtitle.length - 1) * head.subtitle.leading;
  const whole = height + extra;
  const line = (content: string, y: number, attributes: Readonly<Record<string, string | number>>) =>
    element('text', { x: 20, y, ...attributes, 'text-anchor': 'start' }, escapeXml(content));
  const before = [
    element('title', {}, escapeXml(text.title)),
    element('desc', {}, escapeXml(text.description)),
    element('rect', { width, height: whole, fill: paper }),
    ...title.map((content, i) =>
      line(content, 29 + i * head.title.leading, { fill: ink, 'font-size': head.title.size, 'font-weight': 'bold' }),
    ),
    ...subtitle.map((content, i) =>
      line(content, 49 + below + i * head.subtitle.leading, { fill: muted, 'font-size': head.subtitle.size }),
    ),
  ].join('');
  return writeSvg(plot, {
    before: extra > 0 ? `${before}<g transform="translate(0 ${extra})">` : before,
    after: extra > 0 ? `${text.after ?? ''}</g>` : (text.after ?? ''),
    attributes: {
      class: 'mixup-plot',
      width,
      height: whole,
      viewBox: `0 0 ${width} ${whole}`,
      role: 'img',
      'aria-label': `${text.title}. ${text.description}`,
      'font-family': plotFont,
      'font-size': 12,
      'text-anchor': 'middle',
      fill: ink,
    },
  });
}

/** Break a text between words into lines of at most so many letters, one word at least. */
function wrapWords(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** "Digits" from "digits". */
export function capitalize(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** "20 trials", "1 trial". */
export function countTrials({ trials }: Pick<ExperimentSummary, 'trials'>): string {
  return `${trials} ${trials === 1 ? 'trial' : 'trials'}`;
}
