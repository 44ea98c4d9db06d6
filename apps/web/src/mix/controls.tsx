/** What can be set in the Mix room. */
import { createRandom } from '@mixup/core';
import type { Dataset } from '@mixup/datasets';
import { useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { NumberField } from '../controls/number-field.tsx';
import { Select } from '../controls/select.tsx';
import { Slider } from '../controls/slider.tsx';
import type { Change } from '../link/history.ts';
import { type CsvData, CsvFile } from './csv-file.tsx';
import { DrawingPad } from './drawing-pad.tsx';
import { pairingNames, pairingTexts } from './pairings.ts';
import type { Settings } from './settings.ts';
import { dataTitles, firstPair } from './sources.ts';

interface MixControlsProps {
  readonly values: Settings;
  readonly change: (patch: Partial<Settings>, how: Change) => void;
  readonly dataset: Dataset | undefined;
  readonly csv: CsvData | undefined;
  readonly onCsv: (data: CsvData) => void;
}

const pairingTitles = Object.fromEntries(pairingNames.map((name) => [name, pairingTexts[name].title])) as Record<
  Settings['pairing'],
  string
>;

export function MixControls({ values, change, dataset, csv, onCsv }: MixControlsProps) {
  const { data, first, second, lambda, alpha, per, pairing, seed, drawing, drawn } = values;
  const rows = dataset?.labels.length ?? 1797;
  const row = { min: 0, max: rows - 1 };
  const kind = data === 'digits' ? 'digit' : 'point';
  const hasDrawing = data === 'digits' && drawing.length > 0;

  // Unfolded where a link holds a drawing; after that it is the reader's.
  const [padOpen] = useState(hasDrawing);

  /** The pair that follows this one: always the same, so that a walk can be walked again. */
  const next = () => {
    const random = createRandom(first * rows + second);
    const draw = () => Math.floor(random() * rows);
    change({ first: draw(), second: draw() }, 'commit');
  };
  return (
    <div class="controls">
      <Select
        label="Data"
        value={data}
        options={dataTitles}
        onCommit={(name) => change({ data: name, ...firstPair(name) }, 'commit')}
      />
      {data === 'csv' && <CsvFile data={csv} onData={onCsv} />}
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
        label={`First ${kind}, by its row`}
        value={Math.min(first, row.max)}
        {...row}
        disabled={hasDrawing}
        onCommit={(value) => change({ first: value }, 'commit')}
      />
      <NumberField
        label={`Second ${kind}, by its row`}
        value={Math.min(second, row.max)}
        {...row}
        onCommit={(value) => change({ second: value }, 'commit')}
      />
      <div class="buttons">
        <Button onPress={next}>Another pair</Button>
      </div>
      {data === 'digits' && (
        <details class="more" open={padOpen}>
          <summary>Draw one yourself</summary>
          <DrawingPad
            drawing={drawing}
            drawn={drawn}
            onDraw={(drawing, how) => change({ drawing }, how)}
            onName={(drawn) => change({ drawn }, 'commit')}
          />
        </details>
      )}
      <Slider
        label="α of Beta(α, α)"
        value={alpha}
        stops={[0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 4, 8]}
        onChange={(value, how) => change({ alpha: value }, how)}
      />
      <Select
        label="Pairing"
        value={pairing}
        options={pairingTitles}
        onCommit={(name) => change({ pairing: name }, 'commit')}
      />
      <details class="more">
        <summary>More of the batch</summary>
        <div class="controls">
          <Select
            label="λ is drawn"
            value={per}
            options={{ row: 'for each row', batch: 'once for the batch' }}
            onCommit={(per) => change({ per }, 'commit')}
          />
          <NumberField
            label="Seed"
            value={seed}
            min={0}
            max={2 ** 32 - 1}
            onCommit={(seed) => change({ seed }, 'commit')}
          />
        </div>
      </details>
    </div>
  );
}
