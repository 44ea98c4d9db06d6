/** CSV files: read in blocks of rows, so that memory does not grow with the file. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { failure, usageError } from './errors.ts';

/** Some rows of a file, each as long as the header. */
export interface CsvBlock {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Bytes of the file read so far. */
  readonly bytes: number;
}

export interface CsvOptions {
  /** What errors call the file. */
  readonly name: string;
  /** One character. */
  readonly delimiter: string;
  /** Rows in a block, >= 1. */
  readonly blockRows?: number;
}

/**
 * Read a CSV file with a header line; quotes, line breaks inside them, a byte order mark and CRLF are understood.
 *
 * @throws a failure for a file that can't be read, a ragged row, an open quote, a header with an empty or a double name
 */
export async function* readCsv(path: string, options: CsvOptions): AsyncGenerator<CsvBlock> {
  const { name, delimiter, blockRows = 1000 } = options;
  const file = createReadStream(path);
  const parser = parse({ delimiter, bom: true, skip_empty_lines: true });
  file.on('error', (error) => parser.destroy(error));
  let header: string[] | undefined;
  let rows: string[][] = [];
  try {
    for await (const record of file.pipe(parser) as AsyncIterable<string[]>) {
      if (!header) {
        header = checkHeader(record, name);
        continue;
      }
      rows.push(record);
      if (rows.length === blockRows) {
        yield { header, rows, bytes: file.bytesRead };
        rows = [];
      }
    }
  } catch (error) {
    throw explainCsv(error, name);
  } finally {
    file.destroy();
  }
  if (!header) throw failure(`${name} is empty; it must begin with a line of column names`);
  yield { header, rows, bytes: file.bytesRead };
}

function checkHeader(header: string[], name: string): string[] {
  const names = header.map((column) => column.trim());
  for (const [i, column] of names.entries()) {
    if (column === '') throw failure(`${name}: column ${i + 1} of the header has no name`);
    if (names.indexOf(column) < i) throw failure(`${name}: two columns are named "${column}"; rename one`);
  }
  return names;
}

function explainCsv(error: unknown, name: string): Error {
  if (!(error instanceof Error)) return failure(`${name}: ${String(error)}`);
  if ('exitCode' in error) return error;
  const { code, lines } = error as Error & { readonly code?: string; readonly lines?: number };
  switch (code) {
    case 'ENOENT':
      return usageError(`there is no file ${name}`, error);
    case 'EISDIR':
      return usageError(`${name} is a folder, not a file`, error);
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
    case 'CSV_INCONSISTENT_RECORD_LENGTH': {
      const { record = [] } = error as { readonly record?: readonly string[] };
      const rule = 'has another number of fields than the header';
      return failure(`${name}, line ${lines}: the row ${rule} (${record.length}); mend it, or set --delimiter`, error);
    }
    case 'CSV_QUOTE_NOT_CLOSED':
      return failure(`${name}: a quote that opens in line ${lines} or before is never closed`, error);
    default:
      return failure(`${name} can't be read: ${error.message}`, error);
  }
}
