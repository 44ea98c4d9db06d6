/** The room's two figures, drawn by the code that draws those of the command line. */
import type { ArmName, ArmSummary, Comparison, ExperimentSummary } from '@mixup/experiments';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import type { TableData } from '../figure/data-table.tsx';
import { Figure } from '../figure/figure.tsx';
import type { ThemeName } from '../shell/theme.ts';
import { saveFile, savePng } from './download.ts';
import type { Outcome } from './runner.ts';
import { points, range, tenths } from './wording.ts';

type PlotModule = typeof import('./plots.ts');

/** Pixels across that a plot can be. */
const widths = { least: 360, most: 860 };

interface FiguresProps {
  readonly outcome: Outcome | undefined;
  readonly theme: ThemeName;
}

export function Figures({ outcome, theme }: FiguresProps) {
  const plot = usePlot();
  const [place, width] = useWidth();
  const [accuracy, differences] = plot && outcome ? drawBoth(plot, outcome, { theme, width }) : [];
  // The files are those of the command line: light, and of one size.
  const files = () => (plot && outcome ? drawBoth(plot, outcome, {}) : undefined);
  const name = outcome?.summary.dataset ?? '';
  const actions = (which: 0 | 1, file: string) => (
    <>
      <Button disabled={!plot || !outcome} onPress={() => saveFile(`${file}.svg`, files()?.[which] ?? '')}>
        SVG
      </Button>
      <Button disabled={!plot || !outcome} onPress={() => void savePng(`${file}.png`, files()?.[which] ?? '')}>
        PNG
      </Button>
    </>
  );
  return (
    <div class="figures" ref={place}>
      <Figure
        picture={accuracy}
        caption="Mean accuracy on held-out rows after each epoch; the bands are 95 % intervals over trials."
        data={() => accuracyTable((outcome as Outcome).summary)}
      >
        {actions(0, name)}
      </Figure>
      <Figure
        picture={differences}
        ratio={720 / 620}
        caption="What an arm gained in each trial, against another arm on the same split, from the same weights, in the same order."
        data={() => differenceTable((outcome as Outcome).summary)}
      >
        {actions(1, `${name}-differences`)}
      </Figure>
    </div>
  );
}

function drawBoth(
  { accuracyPlot, differencePlot }: PlotModule,
  { summary, trials }: Outcome,
  options: { readonly theme?: ThemeName; readonly width?: number },
): readonly [accuracy: string, differences: string] {
  return [accuracyPlot(summary, { document, ...options }), differencePlot(summary, trials, { document, ...options })];
}

/** The plots come late: the page is read before they are there. */
function usePlot(): PlotModule | undefined {
  const [plot, setPlot] = useState<PlotModule>();
  useEffect(() => {
    let current = true;
    import('./plots.ts').then(
      (module) => current && setPlot(module),
      (error: unknown) => console.warn('mixup: the figures could not be loaded', error),
    );
    return () => {
      current = false;
    };
  }, []);
  return plot;
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
      points(one.meanDifference),
      range(one.ci95, points),
      one.correctedT ? range(one.correctedT.ci95, points) : '',
      one.p < 0.001 ? '< 0.001' : one.p.toFixed(3),
      one.wins,
      one.ties,
      one.losses,
    ]),
  };
}
