/** A whole mixed batch: each blend with its weight and its two labels. */
import type { Dataset } from '@mixup/datasets';
import { useMemo } from 'preact/hooks';
import { DataTable, type TableData } from '../figure/data-table.tsx';
import { type BatchSettings, batchSize, drawBatch, type MixedItem, mixItems } from './batch.ts';
import { Digit } from './digit.tsx';
import { Scatter } from './scatter.tsx';
import { Shares } from './shares.tsx';
import { isPictures } from './sources.ts';

interface BatchGalleryProps extends BatchSettings {
  readonly dataset: Dataset;
}

export function BatchGallery({ dataset, alpha, per, pairing, seed }: BatchGalleryProps) {
  const { items, refused } = useMemo(
    () => draw(dataset, { alpha, per, pairing, seed }),
    [dataset, alpha, per, pairing, seed],
  );
  if (!items) return <p class="refused">This batch can’t be paired so: {refused}.</p>;
  const data = () => batchTable(items);
  const nearlyPlain = items.filter(({ lambda }) => lambda < 0.05 || lambda > 0.95).length;
  const caption = `${items.length} rows, drawn by seed ${seed}; ${nearlyPlain} of them are nearly as they were.`;
  if (!isPictures(dataset)) {
    return (
      <Scatter
        dataset={dataset}
        segments={items}
        label={`A mixed batch of ${items.length} points, each on the line between a row and its partner`}
        caption={`${caption} A line leads from each row to its partner, the ring on it is the mixed point.`}
        data={data}
      />
    );
  }
  return (
    <figure class="figure">
      <ul class="gallery">
        {items.map(({ lambda, first, second, values }, i) => (
          <li key={i}>
            <Digit
              pixels={values}
              label={`Blend ${i + 1}: ${lambda.toFixed(2)} of a ${first}, ${(1 - lambda).toFixed(2)} of a ${second}`}
              caption={<Shares {...{ lambda, first, second }} />}
            />
          </li>
        ))}
      </ul>
      <figcaption>{caption}</figcaption>
      <details class="gallery-data">
        <summary>Show the data</summary>
        <DataTable {...data()} />
      </details>
    </figure>
  );
}

function draw(dataset: Dataset, settings: BatchSettings) {
  try {
    return { items: mixItems(dataset, drawBatch(dataset, settings)) };
  } catch (error) {
    if (dataset.labels.length < batchSize) return { refused: `a batch is ${batchSize} rows, and here are fewer` };
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

function batchTable(items: readonly MixedItem[]): TableData {
  return {
    caption: 'The mixed batch',
    columns: ['Blend', 'Row', 'Class', 'λ', 'Partner', 'Class of the partner', '1 − λ'],
    rows: items.map(({ index, partner, lambda, first, second }, i) => [
      i + 1,
      index,
      first,
      lambda.toFixed(3),
      partner,
      second,
      (1 - lambda).toFixed(3),
    ]),
  };
}
