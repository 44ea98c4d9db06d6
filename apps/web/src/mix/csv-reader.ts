/** Reads a CSV file piece by piece, checks it, and keeps a fair sample of its rows. */
import { createRandom } from '@mixup/core';
import { type CsvError, parse } from 'csv-parse/browser/esm';
import { type CsvColumn, type CsvTable, isNumber, mostClasses, mostSampled } from './csv-table.ts';

/** What a file says is wrong with it, in one line. */
export class CsvProblem extends Error {
  override readonly name = 'CsvProblem';
}

/** Characters that a row may have: a quote that is never closed is found out before all the file is held. */
const longestRow = 1_000_000;

/**
 * Read a table with a header line; the delimiter is the one of comma, semicolon and tab that the header has most of.
 *
 * @param bytes UTF-8
 * @param onBytes called with the number of bytes read so far
 * @throws CsvProblem for what is no such table: one line
 */
export async function readTable(
  name: string,
  bytes: ReadableStream<Uint8Array>,
  onBytes: (read: number) => void = () => {},
): Promise<CsvTable> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const collector = createCollector(name);
  let feed: Feed | undefined;
  let read = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      const text = decode(decoder, value, done);
      if (text !== '') {
        feed ??= startParser(delimiterOf(text), collector.add);
        await feed.write(text);
      }
      if (done) {
        await feed?.end();
        return collector.finish();
      }
      read += value.length;
      onBytes(read);
    }
  } catch (error) {
    throw explain(error);
  } finally {
    reader.cancel().catch(() => {});
  }
}

function decode(decoder: TextDecoder, value: Uint8Array | undefined, done: boolean): string {
  try {
    return decoder.decode(value, { stream: !done });
  } catch (cause) {
    throw new CsvProblem('it is no UTF-8 text; save it as "CSV UTF-8"', { cause });
  }
}

/** A parser that takes text, one piece after the other; both refuse with what is wrong with the text so far. */
interface Feed {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

function startParser(delimiter: string, add: (record: string[]) => void): Feed {
  const parser = parse({ delimiter, skip_empty_lines: true, max_record_size: longestRow });
  let reject: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  // It may fail while nobody waits.
  failed.catch(() => {});
  parser.on('error', reject);
  parser.on('data', (record: string[]) => {
    try {
      add(record);
    } catch (error) {
      reject(error);
    }
  });
  const ended = new Promise<void>((next) => parser.on('end', next));
  return {
    write: (text) => Promise.race([failed, new Promise<void>((next) => parser.write(text, () => next()))]),
    end: () => {
      parser.end();
      return Promise.race([failed, ended]);
    },
  };
}

function delimiterOf(text: string): string {
  const header = text.slice(0, 10_000).split(/\r?\n/, 1)[0] as string;
  const counts = [',', ';', '\t'].map((sign) => header.split(sign).length);
  return [',', ';', '\t'][counts.indexOf(Math.max(...counts))] as string;
}

/** Look at every row, keep a sample (Vitter's algorithm R). */
function createCollector(name: string) {
  const random = createRandom(0);
  let header: readonly string[] | undefined;
  let rows = 0;
  let numbers: boolean[] = [];
  let filled: boolean[] = [];
  let values: Set<string>[] = [];
  const sample: { readonly row: number; readonly cells: readonly string[] }[] = [];

  const add = (record: readonly string[]) => {
    if (!header) {
      header = checkHeader(record);
      numbers = header.map(() => true);
      filled = header.map(() => false);
      values = header.map(() => new Set());
      return;
    }
    const row = rows++;
    for (const [i, cell] of record.entries()) {
      const text = cell.trim();
      if (text === '') continue;
      filled[i] = true;
      if (numbers[i] && !isNumber(text)) numbers[i] = false;
      const seen = values[i] as Set<string>;
      if (seen.size <= mostClasses) seen.add(text);
    }
    if (sample.length < mostSampled) sample.push({ row, cells: record });
    else {
      const at = Math.floor(random() * rows);
      if (at < mostSampled) sample[at] = { row, cells: record };
    }
  };
  const finish = (): CsvTable => {
    if (!header) throw new CsvProblem('it is empty; it must begin with a line of column names');
    const columns = header.map((name, i) => ({
      name,
      numeric: Boolean(filled[i] && numbers[i]),
      classes: (values[i]?.size ?? 0) >= 2 && (values[i]?.size ?? 0) <= mostClasses,
    }));
    checkColumns(columns, rows);
    sample.sort((a, b) => a.row - b.row);
    return { name, rows, columns, sample: sample.map(({ cells }) => cells) };
  };
  return { add, finish };
}

function checkHeader(record: readonly string[]): readonly string[] {
  const names = record.map((name) => name.trim());
  for (const [i, name] of names.entries()) {
    if (name === '') throw new CsvProblem(`column ${i + 1} of the header has no name`);
    if (names.indexOf(name) < i) throw new CsvProblem(`two columns are named "${shorten(name)}"; rename one`);
  }
  return names;
}

function checkColumns(columns: readonly CsvColumn[], rows: number): void {
  if (rows < 2) throw new CsvProblem(`it must have at least 2 rows under its header, got ${rows}`);
  if (!columns.some(({ classes }) => classes)) {
    throw new CsvProblem(`it has no column of 2 to ${mostClasses} different values, which could be the class`);
  }
  const numeric = columns.filter((column) => column.numeric).length;
  // The class may be a number too; then there must be two columns beside it.
  const onlyClass = columns.filter((column) => column.classes).every((column) => column.numeric);
  if (numeric - (onlyClass ? 1 : 0) < 2) {
    throw new CsvProblem(`it must have two columns of numbers beside the class, got ${numeric - (onlyClass ? 1 : 0)}`);
  }
}

function explain(error: unknown): CsvProblem {
  if (error instanceof CsvProblem) return error;
  const { code, lines, record, message } = error as Partial<CsvError> & { readonly record?: readonly string[] };
  switch (code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
      return new CsvProblem(`line ${lines} has another number of fields than the header (${record?.length ?? 0})`, {
        cause: error,
      });
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return new CsvProblem(`a quote that opens in line ${lines} or before is never closed`, { cause: error });
    default:
      return new CsvProblem(shorten(message ?? String(error)), { cause: error });
  }
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
