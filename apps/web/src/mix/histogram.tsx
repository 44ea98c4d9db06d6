/** Beta(alpha, alpha): its density, and draws from it. */
import { countDraws, draws, traceDensity } from './draws.ts';
import { frame, Plotted } from './plotted.tsx';

interface HistogramProps {
  readonly alpha: number;
  readonly seed: number;
}

const bins = 20;

export function Histogram({ alpha, seed }: HistogramProps) {
  const counted = countDraws(alpha, seed, bins);
  const drawn = counted.map((bin) => ({ ...bin, density: (bin.count * bins) / draws }));
  const ends = (counted[0]?.count ?? 0) + (counted.at(-1)?.count ?? 0);
  return (
    <Plotted
      inputs={[alpha, seed]}
      label={`Density of Beta(${alpha}, ${alpha}) over a histogram of ${draws} draws`}
      ratio={2.6}
      draw={({ plot, rectY, lineY, ruleY }, width) => {
        const curve = traceDensity(alpha);
        // For a small alpha the density goes to infinity at both ends; the bars say how much lies there.
        const top =
          1.12 * Math.max(...drawn.map(({ density }) => density), alpha >= 1 ? (curve[200]?.density ?? 0) : 0);
        return plot({
          width,
          height: Math.max(210, Math.min(300, width / 2.6)),
          ...frame,
          style: { fontSize: '12px' },
          x: { label: 'λ', domain: [0, 1], ticks: 5 },
          y: { label: 'density', grid: true, domain: [0, top], ticks: 5 },
          marks: [
            rectY(drawn, { x1: 'from', x2: 'to', y: 'density', fill: 'currentColor', fillOpacity: 0.25, inset: 1 }),
            lineY(curve, { x: 'x', y: 'density', stroke: 'var(--accent)', strokeWidth: 2.5, clip: true }),
            ruleY([0]),
          ],
        });
      }}
      caption={`Curve: the density of Beta(${alpha}, ${alpha}). Bars: ${draws} draws of it, of which ${((100 * ends) / draws).toFixed(0)} % leave a sample nearly as it is (below 0.05 or above 0.95).`}
      data={() => ({
        caption: `Draws of Beta(${alpha}, ${alpha})`,
        columns: ['λ from', 'to', 'draws', 'expected'],
        rows: counted.map(({ from, to, count, expected }) => [
          from.toFixed(2),
          to.toFixed(2),
          count,
          expected.toFixed(1),
        ]),
      })}
    />
  );
}
