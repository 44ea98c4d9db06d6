/** The controls of the Compare room. */
import { defaultArmNames, parseConfig } from '@mixup/experiments';
import { Choices } from '../controls/choices.tsx';
import { NumberField } from '../controls/number-field.tsx';
import { Select } from '../controls/select.tsx';
import { Slider } from '../controls/slider.tsx';
import type { RoomProps } from '../room.ts';
import { ArmSwatch } from './arm-swatch.tsx';
import { alphaStops, limits, type Settings } from './settings.ts';
import { armTitles, backendTitles, datasetTitles, engineTitles, protocolTitles } from './wording.ts';

const trialStops = [2, 5, 10, 20, 30, 50, 100, 200, 350, 500];
const hiddenTitles = { none: 'none', '16': '16', '80': '80', '200': '200', '80,40': '80, then 40' };

export function CompareControls({ values, change }: Pick<RoomProps<Settings>, 'values' | 'change'>) {
  const { mixSize } = parseConfig({ dataset: values.dataset });
  const hidden = values.hidden.join(',') || 'none';
  return (
    <form class="controls" aria-label="Experiment" onSubmit={(event) => event.preventDefault()}>
      <Select
        label="Data set"
        value={values.dataset}
        options={datasetTitles}
        // What is stacked is another number there.
        onCommit={(dataset) => change({ dataset, mix: 0 }, 'commit')}
      />
      <Slider
        label="Alpha"
        value={values.alpha}
        stops={alphaStops}
        hint="0 mixes nothing; 1 draws any blend alike; more leans to halves."
        onChange={(alpha, how) => change({ alpha }, how)}
      />
      <Slider
        label="Trials"
        value={values.trials}
        stops={trialStops}
        hint="Each on a split of its own. More make the intervals narrower."
        onChange={(trials, how) => change({ trials }, how)}
      />
      <Choices
        label="Arms"
        values={values.arms}
        options={armLabels}
        least={1}
        onCommit={(arms) => change({ arms }, 'commit')}
      />
      <Select
        label="Engine"
        value={values.engine}
        options={engineTitles}
        hint={values.engine === 'wasm' ? undefined : 'Fetched now, and far slower on networks of this size.'}
        onCommit={(engine) => change({ engine, backend: 'auto' }, 'commit')}
      />
      {values.engine === 'tfjs' && (
        <Select
          label="Backend"
          value={values.backend}
          options={backendTitles}
          onCommit={(backend) => change({ backend }, 'commit')}
        />
      )}
      <details class="more">
        <summary>More settings</summary>
        <div class="controls">
          <Select
            label="Protocol"
            value={values.protocol}
            options={protocolTitles}
            onCommit={(protocol) => change({ protocol }, 'commit')}
          />
          <NumberField
            label="Epochs"
            value={values.epochs}
            {...limits.epochs}
            onCommit={(epochs) => change({ epochs }, 'commit')}
          />
          <NumberField
            label="Seed"
            value={values.seed}
            {...limits.seed}
            onCommit={(seed) => change({ seed }, 'commit')}
          />
          <NumberField
            label="Batch size"
            value={values.batch}
            {...limits.batch}
            onCommit={(batch) => change({ batch }, 'commit')}
          />
          <NumberField
            label="Rows to stack"
            value={values.mix || mixSize}
            min={1}
            max={limits.mix.max}
            hint={`The article stacks ${mixSize}.`}
            onCommit={(mix) => change({ mix: mix === mixSize ? 0 : mix }, 'commit')}
          />
          <Select
            label="Hidden units"
            value={hidden}
            options={hidden in hiddenTitles ? hiddenTitles : { ...hiddenTitles, [hidden]: hidden }}
            onCommit={(text: string) =>
              change({ hidden: text === 'none' ? [] : text.split(',').map(Number) }, 'commit')
            }
          />
          <NumberField
            label="Learning rate"
            value={values.rate}
            {...limits.rate}
            step="any"
            onCommit={(rate) => change({ rate }, 'commit')}
          />
        </div>
      </details>
    </form>
  );
}

const armLabels = Object.fromEntries(
  defaultArmNames.map((arm) => [
    arm,
    <span key={arm} class="arm-label">
      <span class="arm-name">
        {arm} <ArmSwatch arm={arm} />
      </span>
      <span class="control-hint">{armTitles[arm]}</span>
    </span>,
  ]),
) as Record<(typeof defaultArmNames)[number], preact.JSX.Element>;
