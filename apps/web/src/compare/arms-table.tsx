/** The table of arms: where each ends, what it gained, when it got there. */
import type { ArmName, ArmSummary, ExperimentSummary } from '@mixup/experiments';
import { ArmSwatch } from './arm-swatch.tsx';
import { isClear, percent, pointsFor, range, tenths } from './wording.ts';

export function ArmsTable({ summary }: { readonly summary: ExperimentSummary }) {
  const arms = Object.entries(summary.arms) as [ArmName, ArmSummary][];
  const caption = 'Accuracy on held-out rows after the last epoch, with 95 % intervals';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll" tabIndex={0} aria-label={caption}>
      <table>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Arm</th>
            <th scope="col">Accuracy</th>
            <th scope="col">Against baseline, points</th>
            <th scope="col">Reaches baseline</th>
            <th scope="col">Steps</th>
          </tr>
        </thead>
        <tbody>
          {arms.map(([arm, { finalAccuracy, epochsToBaseline, steps }]) => {
            const change = summary.comparisons.find((one) => one.arm === arm && one.against === 'baseline');
            const reaches = epochsToBaseline === null ? 'never' : `epoch ${epochsToBaseline}`;
            return (
              <tr key={arm}>
                <th scope="row">
                  <ArmSwatch arm={arm} /> {arm}
                </th>
                <td>
                  {percent(finalAccuracy.mean)} <span class="interval">{range(finalAccuracy.ci95, tenths)}</span>
                </td>
                <td>
                  {change && (
                    <>
                      {isClear(change) ? (
                        <strong>{pointsFor(change.ci95)(change.meanDifference)}</strong>
                      ) : (
                        pointsFor(change.ci95)(change.meanDifference)
                      )}{' '}
                      <span class="interval">{range(change.ci95, pointsFor(change.ci95))}</span>
                    </>
                  )}
                </td>
                <td>{summary.arms.baseline ? reaches : ''}</td>
                <td>{steps}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
