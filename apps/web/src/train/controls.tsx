/** The settings of the Train room, as controls. */
import { NumberField } from '../controls/number-field.tsx';
import { Select } from '../controls/select.tsx';
import { Slider } from '../controls/slider.tsx';
import type { RoomProps } from '../room.ts';
import { hasClasses, limits, type Settings } from './settings.ts';

const problemTitles = {
  moons: 'Two moons',
  circles: 'Two circles',
  spirals: 'Spirals',
  blobs: 'Blobs',
  iris: 'Iris, petals alone',
};
const optimizerTitles = { adam: 'Adam', sgd: 'Gradient descent' };
const hiddenTitles = {
  none: 'none',
  '8': '8',
  '16': '16',
  '32': '32',
  '16,16': '16, then 16',
  '32,32': '32, then 32',
  '64,64': '64, then 64',
  '32,32,32': 'three of 32',
};

export const alphaStops: readonly number[] = [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 4, 8];
const rateStops = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];
const shares = (value: number) => `${Math.round(100 * value)} %`;

export function TrainControls({ values, change }: Pick<RoomProps<Settings>, 'values' | 'change'>) {
  const hidden = values.hidden.join(',') || 'none';
  return (
    <form class="controls" aria-label="Experiment" onSubmit={(event) => event.preventDefault()}>
      <Select
        label="Problem"
        value={values.problem}
        options={problemTitles}
        // Points of one problem lie nowhere in another.
        onCommit={(problem) => change({ problem, points: [] }, 'commit')}
      />
      {hasClasses(values) && (
        <Slider
          label="Classes"
          value={values.classes}
          min={2}
          max={4}
          step={1}
          onChange={(classes, how) => change({ classes }, how)}
        />
      )}
      <Slider
        label="Alpha"
        value={values.alpha}
        stops={alphaStops}
        hint="0 mixes nothing; 1 draws any blend alike; more leans to halves."
        onChange={(alpha, how) => change({ alpha }, how)}
      />
      <Slider
        label="Wrong labels"
        value={values.wrong}
        min={0}
        max={0.5}
        step={0.05}
        format={shares}
        onChange={(wrong, how) => change({ wrong }, how)}
      />
      {values.problem !== 'iris' && (
        <Slider
          label="Noise"
          value={values.noise}
          min={0}
          max={0.6}
          step={0.05}
          hint="Standard deviation of what is added to both coordinates."
          onChange={(noise, how) => change({ noise }, how)}
        />
      )}
      <Slider
        label="Training points"
        value={values.rows}
        min={20}
        max={values.problem === 'iris' ? 120 : limits.rows.max}
        step={20}
        onChange={(rows, how) => change({ rows }, how)}
      />
      <details class="more">
        <summary>Network and training</summary>
        <div class="controls">
          <Select
            label="Hidden units"
            value={hidden}
            options={hidden in hiddenTitles ? hiddenTitles : { ...hiddenTitles, [hidden]: hidden }}
            onCommit={(text: string) =>
              change({ hidden: text === 'none' ? [] : text.split(',').map(Number) }, 'commit')
            }
          />
          <Slider
            label="Learning rate"
            value={values.rate}
            stops={rateStops}
            onChange={(rate, how) => change({ rate }, how)}
          />
          <Select
            label="Optimizer"
            value={values.optimizer}
            options={optimizerTitles}
            onCommit={(optimizer) => change({ optimizer }, 'commit')}
          />
          <NumberField
            label="Batch size"
            value={values.batch}
            {...limits.batch}
            onCommit={(batch) => change({ batch }, 'commit')}
          />
          <NumberField
            label="Seed"
            value={values.seed}
            {...limits.seed}
            onCommit={(seed) => change({ seed }, 'commit')}
          />
        </div>
      </details>
    </form>
  );
}
