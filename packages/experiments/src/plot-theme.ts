/** Looks: the colours, dashes and markers that tell arms apart, on paper and in the dark. */
import { type ArmName, armNames } from './arm.ts';

/** Colours of a plot. */
export interface PlotColours {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly arms: Readonly<Record<ArmName, string>>;
}

export const plotThemeNames = ['light', 'dark'] as const;

export type PlotThemeName = (typeof plotThemeNames)[number];

/**
 * The colours of both themes: for arms those of Okabe and Ito, which people with any common colour vision tell apart.
 * Each differs from all others of its theme, so that `darkPlotStyle` can find them.
 *
 * @see Okabe and Ito, "Color Universal Design", 2008
 */
export const plotThemes: Readonly<Record<PlotThemeName, PlotColours>> = {
  light: {
    paper: '#ffffff',
    ink: '#1a1c20',
    muted: '#596069',
    grid: '#e4e7eb',
    arms: { baseline: '#000000', append: '#d55e00', duplicate: '#0072b2', batch: '#009e73' },
  },
  dark: {
    paper: '#16181d',
    ink: '#eceef1',
    muted: '#a7aeb8',
    grid: '#2d3138',
    // The lighter siblings of the same hues.
    arms: { baseline: '#fefefe', append: '#e69f00', duplicate: '#56b4e9', batch: '#2fc498' },
  },
};

/** How an arm is drawn where colour does not help. */
export interface ArmMark {
  /** Lengths of strokes and gaps, as `stroke-dasharray` takes them; null for a line without gaps. */
  readonly dash: string | null;
  readonly symbol: 'circle' | 'square' | 'triangle' | 'diamond';
}

export const armMarks: Readonly<Record<ArmName, ArmMark>> = {
  baseline: { dash: '7 4', symbol: 'square' },
  append: { dash: null, symbol: 'circle' },
  duplicate: { dash: '0.1 4.5', symbol: 'triangle' },
  batch: { dash: '11 4 0.1 4', symbol: 'diamond' },
};

/** What text is set in; all three have letters of about one width. */
export const plotFont = "'DejaVu Sans', Verdana, sans-serif";

/** Rules that recolour light plots: those of a style sheet beat the attributes that a picture carries. */
export const darkPlotStyle: string = [
  ...(['paper', 'ink', 'muted', 'grid'] as const).map((name) => [plotThemes.light[name], plotThemes.dark[name]]),
  ...armNames.map((arm) => [plotThemes.light.arms[arm], plotThemes.dark.arms[arm]]),
]
  .flatMap(([light, dark]) =>
    ['fill', 'stroke'].map((paint) => `.mixup-plot [${paint}="${light}"] { ${paint}: ${dark}; }`),
  )
  .join('\n');
