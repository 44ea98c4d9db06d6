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
 * The colours of both themes: for the arms of every run those of Okabe and Ito, which people with any common colour vision tell apart;
 * for the others near relatives, which their dashes and symbols tell from them.
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
    arms: {
      baseline: '#000000',
      append: '#d55e00',
      duplicate: '#0072b2',
      batch: '#009e73',
      cutmix: '#b04a8f',
      manifold: '#8a6d00',
      regmixup: '#6a51c9',
      remix: '#b3202c',
    },
  },
  dark: {
    paper: '#16181d',
    ink: '#eceef1',
    muted: '#a7aeb8',
    grid: '#2d3138',
    // The lighter siblings of the same hues.
    arms: {
      baseline: '#fefefe',
      append: '#e69f00',
      duplicate: '#56b4e9',
      batch: '#2fc498',
      cutmix: '#e59fc8',
      manifold: '#f0e442',
      regmixup: '#a99bf0',
      remix: '#ff7a78',
    },
  },
};

/** How an arm is drawn where colour does not help. */
export interface ArmMark {
  /** Lengths of strokes and gaps, as `stroke-dasharray` takes them; null for a line without gaps. */
  readonly dash: string | null;
  readonly symbol: 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star' | 'wye' | 'hexagon';
}

export const armMarks: Readonly<Record<ArmName, ArmMark>> = {
  baseline: { dash: '7 4', symbol: 'square' },
  append: { dash: null, symbol: 'circle' },
  duplicate: { dash: '0.1 4.5', symbol: 'triangle' },
  batch: { dash: '11 4 0.1 4', symbol: 'diamond' },
  cutmix: { dash: '16 4', symbol: 'cross' },
  manifold: { dash: '3 4', symbol: 'star' },
  regmixup: { dash: '11 4 3 4', symbol: 'wye' },
  remix: { dash: '11 4 0.1 4 0.1 4', symbol: 'hexagon' },
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
