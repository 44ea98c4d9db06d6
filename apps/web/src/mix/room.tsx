/** The Mix room: two examples become one. */
import { createRandom } from '@mixup/core';
import { type Dataset, loadDigits } from '@mixup/datasets';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { NumberField } from '../controls/number-field.tsx';
import { Slider } from '../controls/slider.tsx';
import { defineRoom, type RoomProps } from '../room.ts';
import { blendDigits, classOf } from './blend.ts';
import { Digit } from './digit.tsx';
import { Histogram } from './histogram.tsx';
import { LabelBar } from './label-bar.tsx';
import './mix.css';
import { digitsRows, fields, type Settings } from './settings.ts';

function Mix({ values, change, theme }: RoomProps<Settings>) {
  const { first, second, lambda, alpha } = values;
  const [dataset, setDataset] = useState<Dataset>();
  useEffect(() => void loadDigits().then(setDataset), []);

  /** The pair that follows this one: always the same, so that a walk can be walked again. */
  const next = () => {
    const random = createRandom(first * digitsRows + second);
    const draw = () => Math.floor(random() * digitsRows);
    change({ first: draw(), second: draw() }, 'commit');
  };
  const row = { min: 0, max: digitsRows - 1 };
  return (
    <>
      <header class="room-head">
        <h1>Two examples become one</h1>
        <p class="lede">
          Mixup trains on blends: λ of one example and 1 − λ of another, and of their labels just as much. It draws λ
          from Beta(α, α).
        </p>
      </header>
      <div class="bench">
        <div class="controls">
          <Slider
            label="λ, the weight of the first"
            value={lambda}
            min={0}
            max={1}
            step={0.01}
            format={(value) => value.toFixed(2)}
            onChange={(value, how) => change({ lambda: value }, how)}
          />
          <NumberField
            label="First digit, by its row"
            value={first}
            {...row}
            onCommit={(value) => change({ first: value }, 'commit')}
          />
          <NumberField
            label="Second digit, by its row"
            value={second}
            {...row}
            onCommit={(value) => change({ second: value }, 'commit')}
          />
          <div class="buttons">
            <Button onPress={next}>Another pair</Button>
          </div>
          <Slider
            label="α of Beta(α, α)"
            value={alpha}
            stops={[0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 4, 8]}
            onChange={(value, how) => change({ alpha: value }, how)}
          />
        </div>
        <div class="results" aria-busy={dataset === undefined}>
          {dataset && <Pair dataset={dataset} first={first} second={second} lambda={lambda} />}
          <h2>Which weights α draws</h2>
          <Histogram alpha={alpha} theme={theme} />
        </div>
      </div>
    </>
  );
}

interface PairProps extends Pick<Settings, 'first' | 'second' | 'lambda'> {
  readonly dataset: Dataset;
}

function Pair({ dataset, first, second, lambda }: PairProps) {
  const [a, b] = [classOf(dataset, first), classOf(dataset, second)];
  const { pixels, label } = blendDigits(dataset, first, second, lambda);
  const weights = [lambda.toFixed(2), (1 - lambda).toFixed(2)];
  return (
    <>
      <div class="pair">
        <Digit
          pixels={blendDigits(dataset, first, second, 1).pixels}
          label={`A handwritten ${a}`}
          caption={`${weights[0]} of a ${a}`}
        />
        <span class="pair-sign" aria-hidden="true">
          +
        </span>
        <Digit
          pixels={blendDigits(dataset, first, second, 0).pixels}
          label={`A handwritten ${b}`}
          caption={`${weights[1]} of a ${b}`}
        />
        <span class="pair-sign" aria-hidden="true">
          =
        </span>
        <Digit
          pixels={pixels}
          label={`The blend: ${weights[0]} of the ${a} and ${weights[1]} of the ${b}`}
          caption="the blend"
        />
      </div>
      <LabelBar label={label} />
    </>
  );
}

export const room = defineRoom(fields, Mix);
