/** The intrusion audit: a sentence, shares by weight, and some of the mixed points that lie in a third class. */
import { itemSize } from '@mixup/core';
import type { Dataset } from '@mixup/datasets';
import { useMemo } from 'preact/hooks';
import { Notice } from '../shell/notice.tsx';
import type { AuditResult, Intruder } from './audit.ts';
import { type BatchSettings, mixItems } from './batch.ts';
import { Digit } from './digit.tsx';
import { frame, Plotted } from './plotted.tsx';
import { Scatter } from './scatter.tsx';
import { Shares } from './shares.tsx';
import { isPictures } from './sources.ts';
import { useAudit } from './use-audit.ts';

interface IntrusionProps extends BatchSettings {
  readonly dataset: Dataset;
}

/** Examples that are pictured. */
const pictured = { digits: 6, points: 24 };

export function Intrusion({ dataset, ...settings }: IntrusionProps) {
  const { done, refused, busy, lost } = useAudit(dataset, settings);
  return (
    <div class="intrusion" aria-busy={busy}>
      {lost > 0 && <Notice key={lost}>A worker was ended from outside; another does the audit again.</Notice>}
      {refused !== undefined && <p class="refused">This audit can’t be done: {refused}.</p>}
      {!done && refused === undefined && <p class="loading">Looking where the mixed points lie …</p>}
      {done && <Findings {...done} />}
    </div>
  );
}

interface FindingsProps {
  readonly dataset: Dataset;
  readonly settings: BatchSettings;
  readonly result: AuditResult;
}

function Findings({ dataset, settings, result }: FindingsProps) {
  const { points, intruded, byLambda, intruders } = result;
  const shares = byLambda.map((bin) => ({ ...bin, share: bin.count > 0 ? (100 * bin.intruded) / bin.count : 0 }));
  return (
    <>
      <p class="finding">{sentence(dataset, settings, result)}</p>
      <Plotted
        inputs={[result]}
        label={`Share of mixed points nearest to another class, by lambda: ${intruded} of ${points} in all`}
        ratio={2.8}
        draw={({ plot, rectY, ruleY }, width) =>
          plot({
            width,
            height: Math.max(190, Math.min(280, width / 2.8)),
            ...frame,
            style: { fontSize: '12px' },
            x: { label: 'λ', domain: [0, 1], ticks: 5 },
            y: {
              label: '% in another class',
              grid: true,
              domain: [0, Math.max(1, ...shares.map(({ share }) => share)) * 1.1],
              ticks: 5,
            },
            marks: [
              rectY(shares, { x1: 'from', x2: 'to', y: 'share', fill: 'var(--accent)', fillOpacity: 0.8, inset: 1 }),
              ruleY([0]),
            ],
          })
        }
        caption="Of the mixed points with such a λ, the share whose nearest row is of neither of their two classes. It is largest where neither row has much more weight than the other."
        data={() => ({
          caption: 'Mixed points by their weight',
          columns: ['λ from', 'to', 'mixed points', 'in another class', '%'],
          rows: shares.map(({ from, to, count, intruded, share }) => [
            from.toFixed(1),
            to.toFixed(1),
            count,
            intruded,
            count > 0 ? share.toFixed(1) : '–',
          ]),
        })}
      />
      {intruders.length > 0 && <Examples dataset={dataset} intruders={intruders} />}
    </>
  );
}

function sentence({ classNames, features }: Dataset, { alpha }: BatchSettings, { points, intruded }: AuditResult) {
  const share = (100 * intruded) / points;
  const rate = `${share < 10 ? share.toFixed(1) : share.toFixed(0)} %`;
  const what = features.shape[1] === 64 ? 'digits' : 'points';
  if (intruded === 0) {
    return `With α = ${alpha} none of ${points} mixed ${what} lies nearest to a row of another class than its two: here no label is wrong in this sense.`;
  }
  const third =
    classNames.length > 2
      ? 'a class that neither of its rows is of'
      : 'the other class, though both of its rows are of one';
  return `With α = ${alpha}, ${intruded} of ${points} mixed ${what} (${rate}) each lie nearest to a row of ${third}, so its label is likely wrong. The nearest row is a stand-in for the truth, not the truth.`;
}

interface ExamplesProps {
  readonly dataset: Dataset;
  readonly intruders: readonly Intruder[];
}

function Examples({ dataset, intruders }: ExamplesProps) {
  const items = useMemo(() => {
    const few = intruders.slice(0, isPictures(dataset) ? pictured.digits : pictured.points);
    const mixed = mixItems(dataset, {
      index: Int32Array.from(few, ({ index }) => index),
      partner: Int32Array.from(few, ({ partner }) => partner),
      lambda: Float64Array.from(few, ({ lambda }) => lambda),
    });
    return mixed.map((item, i) => ({ ...item, nearest: few[i]?.nearest as number }));
  }, [dataset, intruders]);
  const classAt = (row: number) => dataset.classNames[dataset.labels[row] as number] as string;
  if (!isPictures(dataset)) {
    return (
      <Scatter
        dataset={dataset}
        segments={items}
        blends="cross"
        label={`${items.length} mixed points that lie nearest to another class`}
        caption={`The crosses are ${items.length === pictured.points ? `the first ${pictured.points} of the` : 'the'} mixed points that lie nearest to another class than their two rows’, each on its line.`}
        data={() => ({
          caption: 'Mixed points in another class',
          columns: ['Point', 'Row', 'λ', 'Partner', 'Nearest row'],
          rows: items.map(({ index, first, lambda, partner, second, nearest }, i) => [
            i + 1,
            `${index} (${first})`,
            lambda.toFixed(3),
            `${partner} (${second})`,
            `${nearest} (${classAt(nearest)})`,
          ]),
        })}
      />
    );
  }
  const size = itemSize(dataset.features);
  return (
    <figure class="figure">
      <ul class="intruders">
        {items.map(({ first, second, lambda, values, nearest }, i) => (
          <li key={i}>
            <Digit
              pixels={values}
              label={`${lambda.toFixed(2)} of a ${first} and ${(1 - lambda).toFixed(2)} of a ${second}`}
              caption={<Shares {...{ lambda, first, second }} />}
            />
            <Digit
              pixels={dataset.features.data.subarray(nearest * size, (nearest + 1) * size)}
              label={`The digit nearest to it, a ${classAt(nearest)}`}
              caption={`nearest: ${classAt(nearest)}`}
            />
          </li>
        ))}
      </ul>
      <figcaption>Blends and, beside each, the digit that is nearest to it.</figcaption>
    </figure>
  );
}
