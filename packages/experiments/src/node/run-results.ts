/** The results of a run as files: summary, pictures, report. */
import { type ReportPictures, reportHtml } from '../report.ts';
import type { ExperimentSummary, ResultDocument, TrialResult } from '../result.ts';
import { loadRenderer } from './picture.ts';
import type { RunDirectory } from './run-directory.ts';

/**
 * Write what a run came to: `summary.json`, for each data set `<dataset>.svg`, `<dataset>-differences.svg` and both as
 * PNG, and `report.html`.
 *
 * @param command to type for the same results, shown in the report
 * @returns the names of the files
 */
export async function writeResults(
  directory: RunDirectory,
  document: ResultDocument,
  { command }: { readonly command?: string } = {},
): Promise<string[]> {
  const names = document.experiments.flatMap(({ dataset }) => namesOf(dataset));
  const writing: Promise<void>[] = [];
  const keep = (written: Promise<void>) => {
    // What fails is told at the end; until then nobody listens.
    written.catch(() => {});
    writing.push(written);
  };
  keep(directory.writeDocument(document));
  try {
    const render = await loadRenderer();
    const pictures: Record<string, ReportPictures> = {};
    for (const summary of document.experiments) {
      const { dataset } = summary;
      const [svg, png, differencesSvg, differencesPng] = namesOf(dataset);
      const writePng = async (name: string, rendering: Promise<Uint8Array>) =>
        directory.writeBytes(name, await rendering);
      const trials = directory.finished(dataset).filter(({ trial }) => trial < summary.config.trials);
      const draw = await loadPlots();
      // Each is rendered on a thread of its own, while the next is drawn; the one that takes longer to render goes first.
      const differences = draw.differences(summary, trials);
      keep(writePng(differencesPng, render(differences)));
      const accuracy = draw.accuracy(summary);
      keep(writePng(png, render(accuracy)));
      pictures[dataset] = { accuracy, differences };
      keep(directory.writeText(svg, accuracy));
      keep(directory.writeText(differencesSvg, differences));
    }
    const report = { document, pictures, manifest: directory.manifest, ...(command ? { command } : {}) };
    keep(directory.writeText('report.html', reportHtml(report)));
  } finally {
    // Nothing is written any more once this has ended, however it ends.
    await Promise.allSettled(writing);
  }
  await Promise.all(writing);
  return ['summary.json', ...names, 'report.html'];
}

function namesOf(dataset: string) {
  return [`${dataset}.svg`, `${dataset}.png`, `${dataset}-differences.svg`, `${dataset}-differences.png`] as const;
}

/** Draw both plots of an experiment as SVG. */
export async function drawPictures(
  summary: ExperimentSummary,
  trials?: readonly TrialResult[],
): Promise<ReportPictures> {
  const draw = await loadPlots();
  return { accuracy: draw.accuracy(summary), differences: draw.differences(summary, trials) };
}

/** Late, since it takes longer to load than Iris takes to be computed. */
async function loadPlots() {
  const { accuracyPlot, differencePlot, createDocument } = await import('./plots.ts');
  const document = createDocument();
  return {
    accuracy: (summary: ExperimentSummary) => accuracyPlot(summary, { document }),
    differences: (summary: ExperimentSummary, trials?: readonly TrialResult[]) =>
      differencePlot(summary, trials, { document }),
  };
}
