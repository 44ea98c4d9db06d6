/** The pair and its blend: as pictures, or as points on a line. */
import type { Dataset } from '@mixup/datasets';
import { blendExamples, type Example, exampleAt } from './blend.ts';
import { Digit } from './digit.tsx';
import { LabelBar } from './label-bar.tsx';
import { Scatter } from './scatter.tsx';
import { isPictures } from './sources.ts';

interface PairProps {
  readonly dataset: Dataset;
  /** Rows of the data set. */
  readonly first: number;
  readonly second: number;
  readonly lambda: number;
  /** In the place of the first, where there is one. */
  readonly drawn?: Example | undefined;
}

export function Pair(props: PairProps) {
  const { dataset, first, second, lambda, drawn } = props;
  const { label } = blendExamples(
    drawn ?? exampleAt(dataset, first),
    exampleAt(dataset, second),
    lambda,
    dataset.classNames.length,
  );
  return (
    <>
      {isPictures(dataset) ? <PictureBlend {...props} /> : <PointBlend {...props} />}
      <LabelBar label={label} classNames={dataset.classNames} />
    </>
  );
}

function PictureBlend({ dataset, first, second, lambda, drawn }: PairProps) {
  const [a, b] = [drawn ?? exampleAt(dataset, first), exampleAt(dataset, second)];
  const { values } = blendExamples(a, b, lambda, dataset.classNames.length);
  const weights = [lambda.toFixed(2), (1 - lambda).toFixed(2)];
  return (
    <div class="pair">
      <Digit
        pixels={a.values}
        label={drawn ? `Your drawing of a ${a.label}` : `A handwritten ${a.label}`}
        caption={`${weights[0]} of ${drawn ? 'your' : 'a'} ${a.label}`}
      />
      <span class="pair-sign" aria-hidden="true">
        +
      </span>
      <Digit pixels={b.values} label={`A handwritten ${b.label}`} caption={`${weights[1]} of a ${b.label}`} />
      <span class="pair-sign" aria-hidden="true">
        =
      </span>
      <Digit
        pixels={values}
        label={`The blend: ${weights[0]} of the ${a.label} and ${weights[1]} of the ${b.label}`}
        caption="the blend"
      />
    </div>
  );
}

function PointBlend({ dataset, first, second, lambda }: PairProps) {
  const { classNames, featureNames } = dataset;
  const [a, b] = [exampleAt(dataset, first), exampleAt(dataset, second)];
  const { values } = blendExamples(a, b, lambda, classNames.length);
  const [one, other] = [classNames[a.label], classNames[b.label]];
  const weights = [lambda.toFixed(2), (1 - lambda).toFixed(2)];
  const row = (name: string, { values, label }: Example, weight: string) =>
    [name, weight, classNames[label] as string, ...Array.from(values, (value) => value.toFixed(3))] as const;
  return (
    <Scatter
      dataset={dataset}
      segments={[{ index: first, partner: second, values }]}
      label={`The blend on the line between two points: ${weights[0]} of a ${one} and ${weights[1]} of a ${other}`}
      caption={`The ring is the blend: on the line from one point to the other, nearer to the one of more weight (${weights[0]} ${one}, ${weights[1]} ${other}).`}
      data={() => ({
        caption: 'The pair and its blend',
        columns: ['Point', 'Weight', 'Class', ...featureNames],
        rows: [
          row('first', a, weights[0] as string),
          row('second', b, weights[1] as string),
          ['blend', '', 'both', ...Array.from(values, (value) => value.toFixed(3))],
        ],
      })}
    />
  );
}
