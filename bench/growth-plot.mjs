/** Pictures of growth: what cost is as a function of one thing, drawn with Observable Plot. */
import * as Plot from '@observablehq/plot';

const size = { width: 460, height: 340 };
const colours = { ink: '#1a1c20', muted: '#596069', grid: '#e4e7eb', one: '#0072b2', two: '#d55e00' };
const text = { fill: colours.muted, fontSize: 12 };

/**
 * Draw what `bench/growth.mjs` measured.
 *
 * @returns {Record<string, string>} SVG by name: rows, width, trials, workers
 */
export function drawGrowth(data, document) {
  const draw = (name, options) => [name, svgOf({ ...options, document })];
  return Object.fromEntries([
    draw('rows', rowsPlot(data.rows)),
    draw('width', widthPlot(data.width)),
    draw('trials', trialsPlot(data.processes)),
    draw('workers', workersPlot(data)),
  ]);
}

/** An epoch against its rows: a cost that is proportional lies on a line of slope 1. */
function rowsPlot({ cases }) {
  const points = cases.map(({ rows, usPerRow }) => ({ x: rows, y: (rows * usPerRow) / 1000 }));
  const [first] = points;
  const line = points.map(({ x }) => ({ x, y: (first.y / first.x) * x }));
  return {
    title: 'Rows: milliseconds an epoch, 64-80-10',
    x: { type: 'log', label: 'rows an epoch', ticks: points.map(({ x }) => x) },
    y: { type: 'log', label: 'ms', ticks: [0.1, 0.3, 1, 3, 10, 30] },
    marks: [dashed(line), curve(points, colours.one), remark('dashed: proportional')],
  };
}

/** A step against the units of the hidden layer, and what its products alone would take at the peak of the machine. */
function widthPlot({ peak, cases }) {
  const units = ({ name }) => Number(name.split('-')[1]);
  const points = cases.map((one) => ({ x: units(one), y: one.usPerStep }));
  // Work counted by what was reached: GFLOP/s times microseconds, at the peak.
  const line = cases.map((one) => ({ x: units(one), y: (one.usPerStep * one.gflops) / peak }));
  return {
    title: 'Width: microseconds a step, 64-units-10, batch 30',
    x: { type: 'log', label: 'units of the hidden layer', ticks: points.map(({ x }) => x) },
    y: { type: 'log', label: 'µs', ticks: [3, 10, 30, 100, 300] },
    marks: [dashed(line), curve(points, colours.one), remark('dashed: the products at the peak of the machine')],
  };
}

function trialsPlot(processes) {
  const of = (workers) =>
    processes.filter((each) => each.workers === workers).map(({ trials, seconds }) => ({ x: trials, y: seconds }));
  const series = [
    { name: 'one thread', points: of(1), colour: colours.two },
    { name: 'two threads', points: of(2), colour: colours.one },
  ];
  return {
    title: 'Trials: seconds of the whole process, Digits',
    x: { label: 'trials', ticks: series[0].points.map(({ x }) => x).filter((x) => x >= 10), domain: [0, 80] },
    y: { label: 's', domain: [0, Math.max(...series.flatMap(({ points }) => points.map(({ y }) => y)))] },
    marks: [
      ...series.map(({ name, points, colour }, lower) => [
        curve(points, colour),
        Plot.text(points.slice(-1), {
          x: 'x',
          y: 'y',
          text: [name],
          textAnchor: 'end',
          dx: lower ? 0 : -12,
          dy: lower ? 30 : -4,
          fill: colour,
          fontSize: 12,
        }),
      ]),
      remark(
        `a further trial: ${series.map(({ name, points }) => `${slopeOf(points).toFixed(3)} s, ${name}`).join('; ')}`,
      ),
    ],
  };
}

/** The speed of the largest run against that of one thread. */
function workersPlot({ processes, sideBySide, cores }) {
  const most = Math.max(...processes.map(({ trials }) => trials));
  const runs = processes.filter(({ trials }) => trials === most);
  const { seconds: alone } = runs.find(({ workers }) => workers === 1);
  const points = runs.map(({ workers, seconds }) => ({ x: workers, y: alone / seconds }));
  // Work that shares nothing, as the machine lets it run on all cores.
  const limit = (sideBySide.processes * alone) / sideBySide.seconds;
  const ideal = points.map(({ x }) => ({ x, y: x >= cores ? limit : 1 + ((x - 1) * (limit - 1)) / (cores - 1) }));
  return {
    title: `Workers: times as fast as one, ${most} trials of Digits`,
    x: { label: `threads, on ${cores} cores`, ticks: points.map(({ x }) => x) },
    y: { label: 'times', domain: [0, cores] },
    marks: [
      dashed(ideal),
      curve(points, colours.one),
      remark(`dashed: ${sideBySide.processes} processes of one thread side by side, ${limit.toFixed(2)}`),
      Plot.text(points, {
        x: 'x',
        y: 'y',
        text: ({ y }) => y.toFixed(2),
        dy: 16,
        fill: colours.ink,
        fontSize: 12,
      }),
    ],
  };
}

/** Least squares: what one more trial costs. */
function slopeOf(points) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const products = points.map((point) => (point.x - x) * (point.y - y));
  return mean(products) / mean(points.map((point) => (point.x - x) ** 2));
}

function curve(points, stroke) {
  return [
    Plot.line(points, { x: 'x', y: 'y', stroke, strokeWidth: 2 }),
    Plot.dot(points, { x: 'x', y: 'y', r: 3.5, fill: stroke, stroke: '#ffffff' }),
  ];
}

function dashed(points) {
  return Plot.line(points, { x: 'x', y: 'y', stroke: colours.muted, strokeDasharray: '5 4' });
}

/** In the corner that curves which rise leave free. */
function remark(label) {
  return Plot.text([label], { ...text, frameAnchor: 'bottom-right', dy: -10, stroke: '#ffffff', strokeWidth: 5 });
}

function svgOf({ document, title, x, y, marks }) {
  const { ticks, ...scale } = x;
  const { ticks: yTicks = 6, ...yScale } = y;
  const root = Plot.plot({
    document,
    ...size,
    marginTop: 58,
    marginLeft: 48,
    marginRight: 24,
    marginBottom: 46,
    className: 'growth',
    style: { background: '#ffffff', color: colours.ink, fontFamily: "'DejaVu Sans', Verdana, sans-serif" },
    x: { ...scale, axis: null },
    y: { ...yScale, axis: null },
    marks: [
      Plot.gridY({ ticks: yTicks, stroke: colours.grid, strokeOpacity: 1 }),
      Plot.axisY({ ...text, ticks: yTicks, tickSize: 0, tickFormat: String, label: null }),
      // The axes of Plot leave labels out where scales are logarithmic.
      Plot.tickX(ticks, { x: (value) => value, stroke: colours.grid }),
      Plot.text(ticks, { ...text, x: (value) => value, text: String, frameAnchor: 'bottom', dy: 16 }),
      Plot.text([scale.label], { ...text, frameAnchor: 'bottom', dy: 36 }),
      Plot.text([title], {
        frameAnchor: 'top-left',
        dx: -38,
        dy: -44,
        fontSize: 14,
        fontWeight: 'bold',
        fill: colours.ink,
      }),
      Plot.text([yScale.label], { ...text, frameAnchor: 'top-left', dx: -38, dy: -20 }),
      ...marks.flat(),
    ],
  });
  root.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  root.setAttribute('role', 'img');
  root.setAttribute('aria-label', title);
  return `${root.outerHTML}\n`;
}
