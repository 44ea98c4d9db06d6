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
  const names: string[] = [];
  const write = async (name: string, content: string | Uint8Array) => {
    await (typeof content === 'string' ? directory.writeText(name, content) : directory.writeBytes(name, content));
    names.push(name);
  };
  await directory.writeDocument(document);
  names.push('summary.json');

  const render = await loadRenderer();
  const pictures: Record<string, ReportPictures> = {};
  for (const summary of document.experiments) {
    const { dataset } = summary;
    const trials = directory.finished(dataset).filter(({ trial }) => trial < summary.config.trials);
    const draw = await loadPlots();
    // Each is rendered on a thread of its own, the first while the second is drawn.
    const accuracy = draw.accuracy(summary);
    const rendering = [render(accuracy)];
    const differences = draw.differences(summary, trials);
    rendering.push(render(differences));
    pictures[dataset] = { accuracy, differences };
    const [accuracyPng, differencesPng] = (await Promise.all(rendering)) as [Uint8Array, Uint8Array];
    await write(`${dataset}.svg`, accuracy);
    await write(`${dataset}.png`, accuracyPng);
    await write(`${dataset}-differences.svg`, differences);
    await write(`${dataset}-differences.png`, differencesPng);
  }
  await write(
    'report.html',
    reportHtml({ document, pictures, manifest: directory.manifest, ...(command ? { command } : {}) }),
  );
  return names;
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
