/** The style sheet of the report: light, dark, narrow, printed. */
import { armNames } from './arm.ts';
import { darkPlotStyle, type PlotColours, plotThemes } from './plot-theme.ts';

function variables({ paper, ink, muted, grid, arms }: PlotColours): string {
  const named = { paper, ink, muted, line: grid, ...arms };
  return Object.entries(named)
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');
}

export const reportStyle = `
:root { color-scheme: light dark; ${variables(plotThemes.light)} --wash: #f5f6f8; --link: #005a9c; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 2.5rem) 4rem; max-width: 62rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
header + section { margin-top: 1rem; }
h1 { margin: 0; font-size: 1.05rem; font-weight: 600; color: var(--muted); }
h2 { margin: 0 0 .5rem; font-size: 1.05rem; letter-spacing: .04em; text-transform: uppercase; color: var(--muted); }
h3 { margin: 2.25rem 0 .5rem; font-size: 1.15rem; }
a { color: var(--link); }
section { margin-top: 2.5rem; padding-top: 1.75rem; border-top: 1px solid var(--line); }
.verdict { margin: 0; font-size: clamp(1.3rem, 1rem + 1.7vw, 1.8rem); line-height: 1.3; font-weight: 650;
  letter-spacing: -.01em; text-wrap: pretty; }
.verdict + .verdict { margin-top: .6rem; font-size: clamp(1.1rem, 1rem + .8vw, 1.35rem); font-weight: 550; }
.whole { white-space: nowrap; }
.facts { margin: .75rem 0 0; color: var(--muted); }
figure { margin: 1.75rem 0 0; }
figcaption, .note { margin-top: .5rem; font-size: .9rem; color: var(--muted); }
.scroll { overflow-x: auto; }
figure + .scroll { margin-top: 1.25rem; }
.scroll:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.picture { border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
.picture svg { display: block; width: 100%; min-width: 34rem; height: auto; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { padding: 0 0 .5rem; text-align: start; font-size: .9rem; color: var(--muted); }
caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2rem); }
th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line); text-align: end; white-space: nowrap; }
thead th { vertical-align: bottom; font-weight: 600; white-space: normal; min-width: 4.5rem; }
tr > :first-child { padding-inline-start: 0; text-align: start; }
tbody th { font-weight: 600; }
.interval { color: var(--muted); }
.swatch { display: inline-block; width: .7em; height: .7em; margin-inline-end: .45em; border-radius: 50%; }
${armNames.map((arm) => `.swatch.${arm} { background: var(--${arm}); }`).join('\n')}
details { margin-top: .9rem; }
summary { cursor: pointer; width: fit-content; color: var(--link); }
pre { margin: .5rem 0 0; padding: .8rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; border-radius: 8px; background: var(--wash);
  font: .86rem/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
dt { margin-top: .8rem; font-weight: 600; }
dd { margin: 0; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .85rem; color: var(--muted);
  overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) {
:root { ${variables(plotThemes.dark)} --wash: #20232a; --link: #7cc0f5; }
${darkPlotStyle}
}
@media print {
body { max-width: none; padding: 0; font-size: 10pt; }
section { break-before: page; border: 0; padding: 0; margin: 0; }
header + section { break-before: auto; margin-top: 1rem; }
figure, table { break-inside: avoid; }
table { font-size: 8.5pt; }
th, td { padding: .3rem .4rem; }
h3 { break-after: avoid; }
.picture { border: 0; overflow: visible; }
.picture svg { min-width: 0; }
.scroll { overflow: visible; }
details:not([open]) { display: none; }
}
`;
