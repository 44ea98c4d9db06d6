/** The results of a run as files: summary, pictures, report. */
import { type ReportPictures, reportHtml } from '../report.ts';
import type { ExperimentSummary, ResultDocument, TrialResult } from '../result.ts';
import { createDocument, loadRenderer } from './picture.ts';
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
  await directory.writeDocument(document);
  const names = ['summary.json'];
  const render = await loadRenderer();
  const pictures: Record<string, ReportPictures> = {};
  const writing: Promise<void>[] = [];
  const writePng = (name: string, svg: string) => {
    const written = render(svg).then((png) => directory.writeBytes(name, png));
    // What fails is told at the end; until then nobody listens.
    written.catch(() => {});
    writing.push(written);
  };
  for (const summary of document.experiments) {
    const { dataset } = summary;
    const trials = directory.finished(dataset).filter(({ trial }) => trial < summary.config.trials);
    const draw = await loadPlots();
    // Each is rendered on a thread of its own, while the next is drawn; the one that is drawn faster goes first.
    const differences = draw.differences(summary, trials);
    writePng(`${dataset}-differences.png`, differences);
    const accuracy = draw.accuracy(summary);
    writePng(`${dataset}.png`, accuracy);
    pictures[dataset] = { accuracy, differences };
    await directory.writeText(`${dataset}.svg`, accuracy);
    await directory.writeText(`${dataset}-differences.svg`, differences);
    names.push(`${dataset}.svg`, `${dataset}.png`, `${dataset}-differences.svg`, `${dataset}-differences.png`);
  }
  await directory.writeText(
    'report.html',
    reportHtml({ document, pictures, manifest: directory.manifest, ...(command ? { command } : {}) }),
  );
  await Promise.all(writing);
  return [...names, 'report.html'];
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
  const [{ accuracyPlot, differencePlot }, document] = await Promise.all([import('./plots.ts'), createDocument()]);
  return {
    accuracy: (summary: ExperimentSummary) => accuracyPlot(summary, { document }),
    differences: (summary: ExperimentSummary, trials?: readonly TrialResult[]) =>
      differencePlot(summary, trials, { document }),
  };
}
