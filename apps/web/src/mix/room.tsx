/** The Mix room: two examples become one, and a batch becomes another. */
import type { Dataset } from '@mixup/datasets';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { defineRoom, type RoomProps } from '../room.ts';
import { Notice } from '../shell/notice.tsx';
import { BatchGallery } from './batch-gallery.tsx';
import { MixControls } from './controls.tsx';
import { tableDataset } from './csv-dataset.ts';
import type { CsvData } from './csv-file.tsx';
import { Histogram } from './histogram.tsx';
import { Intrusion } from './intrusion.tsx';
import './mix.css';
import { Pair } from './pair.tsx';
import { PairingDiagrams } from './pairing-diagrams.tsx';
import { pairingTexts } from './pairings.ts';
import { Part } from './part.tsx';
import { fields, type PartName, type Settings } from './settings.ts';
import { loadSource } from './sources.ts';

/** The file that was read last: it is there as long as the page, whichever room is open. */
let keptCsv: CsvData | undefined;

function Mix({ values, change }: RoomProps<Settings>) {
  const { data, first, second, lambda, alpha, per, pairing, seed, drawing, drawn } = values;
  const [csv, setCsv] = useState(keptCsv);
  const onCsv = (read: CsvData) => {
    keptCsv = read;
    setCsv(read);
  };
  const { dataset, left, refused } = useDataset(data, csv);
  // Made anew when what is in them changes, and not while the pair's weight is dragged.
  const bodies = useMemo(() => {
    const settings = { alpha, per, pairing, seed };
    return {
      weights: <Histogram alpha={alpha} seed={seed} />,
      batch: dataset && <BatchGallery dataset={dataset} {...settings} />,
      intrusion: dataset && <Intrusion dataset={dataset} {...settings} />,
    };
  }, [dataset, alpha, per, pairing, seed]);
  const diagrams = useMemo(
    () => dataset && <PairingDiagrams dataset={dataset} seed={seed} chosen={pairing} />,
    [dataset, pairing, seed],
  );

  // Several may be folded at once, before any is drawn again.
  const open = useRef(values.open);
  open.current = values.open;
  const part = (name: PartName) => ({
    open: values.open.includes(name),
    onToggle: (on: boolean) => {
      open.current = on ? [...open.current, name] : open.current.filter((other) => other !== name);
      change({ open: open.current }, 'drag');
    },
  });
  const rows = dataset?.labels.length ?? 1;
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
        <MixControls values={values} change={change} dataset={dataset} csv={csv} onCsv={onCsv} />
        <div class="results" aria-busy={dataset === undefined && (data !== 'csv' || csv !== undefined) && !refused}>
          {refused !== undefined && <Notice key={refused}>This data can’t be shown: {refused}.</Notice>}
          {data === 'csv' && !csv && <p class="awaiting">Choose a CSV file beside this: its points come here.</p>}
          {dataset && (
            <>
              {left > 0 && (
                <p class="lede">
                  {left === 1 ? '1 row with an empty cell is' : `${left} rows with an empty cell are`} left out.
                </p>
              )}
              <Pair
                dataset={dataset}
                first={Math.min(first, rows - 1)}
                second={Math.min(second, rows - 1)}
                lambda={lambda}
                drawn={data === 'digits' && drawing.length > 0 ? { values: drawing, label: drawn } : undefined}
              />
            </>
          )}
          <Part
            title="Which weights α draws"
            lede="A small α leaves most examples nearly as they are; a large one blends them evenly."
            {...part('weights')}
          >
            {bodies.weights}
          </Part>
          {dataset && (
            <>
              <Part
                title="A whole mixed batch"
                lede={`Paired by ${pairingTexts[pairing].title.toLowerCase()}, with ${per === 'row' ? 'a λ for each row' : 'one λ for all'}.`}
                {...part('batch')}
              >
                {bodies.batch}
                <div class="buttons">
                  <Button onPress={() => change({ seed: (seed + 1) % 2 ** 32 }, 'commit')}>Another batch</Button>
                </div>
              </Part>
              <Part
                title="Who meets whom"
                lede="One small batch under each of the nine pairings."
                {...part('pairings')}
              >
                {diagrams}
              </Part>
              <Part
                title="Where a blend is mistaken"
                lede="The intrusion audit: mixed points that lie where another class lives."
                {...part('intrusion')}
              >
                {bodies.intrusion}
              </Part>
            </>
          )}
        </div>
      </div>
    </>
  );
}

interface Loaded {
  readonly dataset?: Dataset;
  /** Rows that were left out. */
  readonly left: number;
  readonly refused?: string;
}

/** The data that are set: loaded, or made of the file. */
function useDataset(data: Settings['data'], csv: CsvData | undefined): Loaded {
  const [loaded, setLoaded] = useState<Loaded & { readonly name?: Settings['data'] }>({ left: 0 });
  useEffect(() => {
    if (data === 'csv') return;
    let wanted = true;
    loadSource(data).then(
      (dataset) => wanted && setLoaded({ name: data, dataset, left: 0 }),
      (error: unknown) => wanted && setLoaded({ name: data, left: 0, refused: messageOf(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [data]);
  const own = useMemo((): Loaded => {
    if (!csv) return { left: 0 };
    try {
      return tableDataset(csv.table, csv.choice);
    } catch (error) {
      return { left: 0, refused: messageOf(error) };
    }
  }, [csv]);
  if (data === 'csv') return own;
  return loaded.name === data ? loaded : { left: 0 };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export const room = defineRoom(fields, Mix);
