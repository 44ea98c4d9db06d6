/** The results of a run as files: summary, pictures, report. */
import { type ReportPictures, reportHtml } from '../report.ts';
import type { ExperimentSummary, ResultDocument, TrialResult } from '../result.ts';
import { createDocument, renderPng } from './picture.ts';
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

  const pictures: Record<string, ReportPictures> = {};
  for (const summary of document.experiments) {
    const { dataset } = summary;
    const drawn = await drawPictures(
      summary,
      directory.finished(dataset).filter(({ trial }) => trial < summary.config.trials),
    );
    pictures[dataset] = drawn;
    const files = [
      [dataset, drawn.accuracy],
      [`${dataset}-differences`, drawn.differences],
    ] as const;
    // Each is rendered on a thread of its own.
    const rendered = await Promise.all(files.map(([, svg]) => renderPng(svg)));
    for (const [i, [name, svg]] of files.entries()) {
      await write(`${name}.svg`, svg);
      await write(`${name}.png`, rendered[i] as Uint8Array);
    }
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
  // Late, since it takes longer to load than Iris takes to be computed.
  const [{ accuracyPlot, differencePlot }, document] = await Promise.all([import('./plots.ts'), createDocument()]);
  return { accuracy: accuracyPlot(summary, { document }), differences: differencePlot(summary, trials, { document }) };
}
