/** The room's two figures, drawn by the code that draws those of the command line. */
import type { ArmName, ArmSummary, Comparison, ExperimentSummary } from '@mixup/experiments';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import type { TableData } from '../figure/data-table.tsx';
import { Figure } from '../figure/figure.tsx';
import type { ThemeName } from '../shell/theme.ts';
import { saveFile, savePng } from './download.ts';
import type { Outcome } from './runner.ts';
import { pointsFor, range, tenths } from './wording.ts';

type Plots = typeof import('./plots.ts');

/** Pixels across that a plot can be. */
const widths = { least: 360, most: 860 };

interface FiguresProps {
  readonly outcome: Outcome | undefined;
  readonly theme: ThemeName;
  /** Stands between the two. */
  readonly children?: ComponentChildren;
}

interface DrawOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
}

export function Figures({ outcome, theme, children }: FiguresProps) {
  const plots = usePlots();
  const [place, width] = useWidth();
  const options = { theme, width };
  const accuracy = useDrawn(plots && outcome && (() => drawAccuracy(plots, outcome, options)), [
    plots,
    outcome,
    theme,
    width,
  ]);
  const differences = useDrawn(plots && outcome && (() => drawDifferences(plots, outcome, options)), [
    plots,
    outcome,
    theme,
    width,
  ]);
  const name = outcome?.summary.dataset ?? '';
  return (
    <div class="figures" ref={place}>
      <Figure
        picture={accuracy}
        caption="Mean accuracy on held-out rows after each epoch; the bands are 95 % intervals over trials."
        data={() => accuracyTable((outcome as Outcome).summary)}
      >
        <PictureButtons name={name} draw={plots && outcome && (() => drawAccuracy(plots, outcome))} />
      </Figure>
      {children}
      <Figure
        picture={differences}
        ratio={720 / 620}
        caption="What an arm gained in each trial, against another arm on the same split, from the same weights, in the same order."
        data={() => differenceTable((outcome as Outcome).summary)}
      >
        <PictureButtons
          name={`${name}-differences`}
          draw={plots && outcome && (() => drawDifferences(plots, outcome))}
        />
      </Figure>
    </div>
  );
}

/** Draw without options, as here, and the file is the command line's: light, and of its size. */
function drawAccuracy({ accuracyPlot }: Plots, { summary }: Outcome, options: DrawOptions = {}): string {
  return accuracyPlot(summary, { document, ...options });
}

function drawDifferences({ differencePlot }: Plots, { summary, trials }: Outcome, options: DrawOptions = {}): string {
  return differencePlot(summary, trials, { document, ...options });
}

interface PictureButtonsProps {
  readonly name: string;
  readonly draw: (() => string) | undefined;
}

function PictureButtons({ name, draw }: PictureButtonsProps) {
  return (
    <>
      <Button disabled={!draw} onPress={() => draw && saveFile(`${name}.svg`, draw())}>
        SVG
      </Button>
      <Button disabled={!draw} onPress={() => draw && void savePng(`${name}.png`, draw())}>
        PNG
      </Button>
    </>
  );
}

/**
 * Draw in a task of its own, so that input is heard between one picture and the next.
 *
 * @returns the newest picture there is
 */
function useDrawn(draw: (() => string) | undefined, inputs: readonly unknown[]): string | undefined {
  const [picture, setPicture] = useState<string>();
  useEffect(() => {
    if (!draw) return;
    const timer = setTimeout(() => setPicture(draw()));
    return () => clearTimeout(timer);
  }, inputs);
  return picture;
}

/** The plots come late: the page is read before they are there. */
function usePlots(): Plots | undefined {
  const [plots, setPlots] = useState<Plots>();
  useEffect(() => {
    let current = true;
    import('./plots.ts').then(
      (module) => current && setPlots(module),
      (error: unknown) => console.warn('mixup: the figures could not be loaded', error),
    );
    return () => {
      current = false;
    };
  }, []);
  return plots;
}

/** The width of a place on the page, as far as plots can have it. */
function useWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const across = Math.round(entry?.contentRect.width ?? 0);
      if (across > 0) setWidth(Math.max(widths.least, Math.min(widths.most, across)));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return [place, width] as const;
}

function accuracyTable({ arms, config }: ExperimentSummary): TableData {
  const named = Object.entries(arms) as [ArmName, ArmSummary][];
  return {
    caption: 'Accuracy on held-out rows after each epoch, in percent, with 95 % intervals',
    columns: ['Epoch', ...named.map(([name]) => name)],
    rows: Array.from({ length: config.epochs }, (_, i) => [
      i + 1,
      ...named.map(([, { accuracyByEpoch, accuracyBandByEpoch }]) => {
        const band = range(accuracyBandByEpoch[i] ?? [null, null], tenths);
        return `${tenths(accuracyByEpoch[i] as number)} ${band}`.trim();
      }),
    ]),
  };
}

function differenceTable({ comparisons }: ExperimentSummary): TableData {
  return {
    caption: 'Paired differences in final accuracy, in percentage points',
    columns: ['Comparison', 'Mean', '95 % interval', 'For new data', 'p', 'Won', 'Tied', 'Lost'],
    rows: comparisons.map((one: Comparison) => [
      `${one.arm} − ${one.against}`,
      pointsFor(one.ci95)(one.meanDifference),
      range(one.ci95, pointsFor(one.ci95)),
      one.correctedT ? range(one.correctedT.ci95, pointsFor(one.correctedT.ci95)) : '',
      one.p < 0.001 ? '< 0.001' : one.p.toFixed(3),
      one.wins,
      one.ties,
      one.losses,
    ]),
  };
}
