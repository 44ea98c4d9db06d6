/** The weights that alpha draws, as a histogram. */
import { useEffect, useState } from 'preact/hooks';
import { Figure } from '../figure/figure.tsx';
import type { ThemeName } from '../shell/theme.ts';
import { countDraws, draws } from './draws.ts';

interface HistogramProps {
  readonly alpha: number;
  readonly theme: ThemeName;
}

export function Histogram({ alpha, theme }: HistogramProps) {
  const [picture, setPicture] = useState<Element>();
  const bins = countDraws(alpha);
  useEffect(() => {
    let wanted = true;
    // Late: it is larger than all the rest of the page.
    import('@observablehq/plot').then(({ plot, rectY, ruleY }) => {
      if (!wanted) return;
      setPicture(
        plot({
          width: 720,
          height: 260,
          marginLeft: 56,
          x: { label: 'lambda', domain: [0, 1] },
          y: { label: 'draws', grid: true, nice: true },
          marks: [
            rectY(bins, { x1: 'from', x2: 'to', y: 'count', fill: 'currentColor', fillOpacity: 0.75, inset: 1 }),
            ruleY([0]),
          ],
        }),
      );
    });
    return () => {
      wanted = false;
    };
  }, [alpha, theme]);
  const ends = (bins[0]?.count ?? 0) + (bins.at(-1)?.count ?? 0);
  return (
    <Figure
      picture={picture}
      label={`Histogram of ${draws} draws of Beta(${alpha}, ${alpha})`}
      ratio={720 / 260}
      caption={`${draws} draws of Beta(${alpha}, ${alpha}): ${((100 * ends) / draws).toFixed(0)} % of them leave a sample nearly as it is (below 0.05 or above 0.95).`}
      data={() => ({
        caption: `Draws of Beta(${alpha}, ${alpha})`,
        columns: ['lambda from', 'to', 'draws'],
        rows: bins.map(({ from, to, count }) => [from.toFixed(2), to.toFixed(2), count]),
      })}
    />
  );
}
