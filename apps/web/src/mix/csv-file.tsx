/** One's own CSV file: chosen or dropped, read in a worker, and its columns chosen. */
import { proxy } from 'comlink';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Select } from '../controls/select.tsx';
import { openWorker, type WorkerHandle } from '../worker/open.ts';
import { type CsvChoice, chooseColumns } from './csv-dataset.ts';
import { type CsvTable, mostSampled } from './csv-table.ts';
import type { CsvApi } from './csv-worker.ts';
import CsvWorker from './csv-worker.ts?worker';

/** A table that was read, and what of it is used. */
export interface CsvData {
  readonly table: CsvTable;
  readonly choice: CsvChoice;
}

interface CsvFileProps {
  readonly data: CsvData | undefined;
  readonly onData: (data: CsvData) => void;
}

interface Reading {
  readonly name: string;
  readonly read: number;
  readonly of: number;
}

export function CsvFile({ data, onData }: CsvFileProps) {
  const id = useId();
  const [reading, setReading] = useState<Reading>();
  const [problem, setProblem] = useState('');
  const [over, setOver] = useState(false);
  const handle = useRef<WorkerHandle<CsvApi> | undefined>(undefined);
  useEffect(() => () => handle.current?.close(), []);

  const stop = () => {
    handle.current?.close();
    handle.current = undefined;
    setReading(undefined);
  };
  const read = async (file: File) => {
    stop();
    setProblem('');
    setReading({ name: file.name, read: 0, of: file.size });
    const own = openWorker<CsvApi>((options) => new CsvWorker(options));
    handle.current = own;
    const onBytes = proxy((read: number) => {
      if (handle.current === own) setReading({ name: file.name, read, of: file.size });
    });
    try {
      const outcome = await own.call((api) => api.read(file, onBytes));
      if (handle.current !== own) return;
      const { table, problem } = outcome;
      if (table) onData({ table, choice: chooseColumns(table) });
      else setProblem(`${file.name} can’t be used: ${problem}.`);
    } catch (error) {
      if (handle.current !== own) return;
      setProblem(`${file.name} can’t be read: ${error instanceof Error ? error.message : String(error)}.`);
    }
    stop();
  };
  const newest = useRef(read);
  newest.current = read;
  useEffect(() => {
    const watch = new AbortController();
    const { signal } = watch;
    // All the page takes it: beside its place, a browser would open the file and leave the page.
    addEventListener(
      'dragover',
      (event) => {
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal });
    addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) void newest.current(file);
      },
      { signal },
    );
    return () => watch.abort();
  }, []);
  return (
    <div class="csv" data-over={over}>
      <div class="control">
        <label for={id}>A CSV file, chosen or dropped on this page</label>
        <input
          id={id}
          type="file"
          class="file"
          accept=".csv,.tsv,.txt,text/csv"
          aria-describedby={`${id}-note`}
          onChange={(event) => {
            const input = event.currentTarget;
            const file = input.files?.[0];
            // The same file can be chosen again, once it is mended.
            input.value = '';
            if (file) void read(file);
          }}
        />
        <p class="control-hint" id={`${id}-note`}>
          It is read in this page and stays in it: nothing is sent, and a link does not hold it.
        </p>
      </div>
      {reading && (
        <div class="csv-progress">
          <label>
            <span>Reading {reading.name}</span>
            <progress value={reading.read} max={Math.max(1, reading.of)} />
          </label>
          <Button onPress={stop}>Stop</Button>
        </div>
      )}
      <p class="control-problem" role="alert">
        {problem}
      </p>
      {data && <Columns {...data} onChoose={(choice) => onData({ ...data, choice })} />}
    </div>
  );
}

function Columns({ table, choice, onChoose }: CsvData & { readonly onChoose: (choice: CsvChoice) => void }) {
  const named = (fits: (column: CsvTable['columns'][number]) => boolean) =>
    Object.fromEntries(table.columns.flatMap((column, i) => (fits(column) ? [[`c${i}`, column.name]] : [])));
  const select = (label: string, key: keyof CsvChoice, options: Record<string, string>) => (
    <Select
      label={label}
      value={`c${choice[key]}`}
      options={options}
      onCommit={(value) => onChoose({ ...choice, [key]: Number(value.slice(1)) })}
    />
  );
  const numbers = named(({ numeric }) => numeric);
  return (
    <>
      <p class="control-hint">
        {table.name}: {table.rows.toLocaleString('en')} rows
        {table.rows > mostSampled && `, of which ${mostSampled} are used, each as likely as any other`}.
      </p>
      {select('Across', 'x', numbers)}
      {select('Up', 'y', numbers)}
      {select(
        'Class',
        'label',
        named(({ classes }) => classes),
      )}
    </>
  );
}
