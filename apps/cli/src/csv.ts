/** CSV files: read in blocks of rows, so that memory does not grow with the file. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import { failure, usageError } from './errors.ts';
import { rowsWithin, workCells } from './room.ts';
import { checkUtf8 } from './utf8.ts';

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
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

const mostBlockRows = 1000;

/**
 * Read a CSV file with a header line; quotes, line breaks inside them, a byte order mark and CRLF are understood.
 *
 * @throws a failure for a file that can't be read, another encoding than UTF-8, a ragged row, an open quote, a header with
 * an empty or a double name
 */
export async function* readCsv(path: string, options: CsvOptions): AsyncGenerator<CsvBlock> {
  const { name, delimiter, signal } = options;
  const file = createReadStream(path, { signal });
  const parser = parse({ delimiter, bom: true, skip_empty_lines: true });
  const refuse = (bytes: Buffer, first: boolean) => explainEncoding(path, name, first && startsAsUtf16(bytes));
  // Errors come to who reads the rows.
  const records = pipeline(
    file,
    (chunks: AsyncIterable<Buffer>) => checkUtf8(chunks, refuse),
    parser,
    () => {},
  );
  let header: string[] | undefined;
  let rows: string[][] = [];
  let blockRows = mostBlockRows;
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      if (!header) {
        header = checkHeader(record, name);
        blockRows = rowsWithin(workCells, header.length, mostBlockRows);
        continue;
      }
      rows.push(record);
      if (rows.length === blockRows) {
        yield { header, rows, bytes: file.bytesRead };
        rows = [];
      }
    }
  } catch (error) {
    throw await explainCsv(error, path, name);
  } finally {
    file.destroy();
  }
  if (!header) throw failure(`${name} is empty; it must begin with a line of column names`);
  yield { header, rows, bytes: file.bytesRead };
}

function checkHeader(header: string[], name: string): string[] {
  const names = header.map((column) => column.trim());
  for (const [i, column] of names.entries()) {
    if (column === '') {
      const advice = 'name it there, or write the file without it (pandas: index=False)';
      throw failure(`${name}: column ${i + 1} of the header has no name; ${advice}`);
    }
    if (names.indexOf(column) < i) throw failure(`${name}: two columns are named "${column}"; rename one`);
  }
  return names;
}

function startsAsUtf16(bytes: Buffer): boolean {
  return ['fffe', 'feff'].includes(bytes.toString('hex', 0, 2));
}

async function explainEncoding(path: string, name: string, isUtf16: boolean): Promise<Error> {
  const rule = isUtf16 ? `${name} must be UTF-8, and is UTF-16` : `${name}, line ${await badLine(path)} must be UTF-8`;
  const encoding = isUtf16 ? 'utf-16' : 'latin1';
  return failure(`${rule}; convert the file, for instance: iconv -f ${encoding} -t utf-8 in.csv > out.csv`);
}

/** Read again, for nobody counts lines as long as all is well. */
async function badLine(path: string): Promise<number> {
  let line = 0;
  // As Latin 1 each byte is a character.
  for await (const text of createInterface({ input: createReadStream(path, 'latin1') })) {
    line++;
    if (!isUtf8(Buffer.from(text, 'latin1'))) break;
  }
  return line;
}

/** The parser knows only where the file ends; all quotes before the open one come in pairs. */
async function openQuoteLine(path: string): Promise<number> {
  let line = 0;
  let opened = 0;
  let isOpen = false;
  for await (const text of createInterface({ input: createReadStream(path, 'latin1') })) {
    line++;
    let closed = -2;
    for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
      // Right behind one that closes, it is the second of two that stand for one.
      if (!isOpen && at !== closed + 1) opened = line;
      if (isOpen) closed = at;
      isOpen = !isOpen;
    }
  }
  return opened;
}

async function explainCsv(error: unknown, path: string, name: string): Promise<Error> {
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
      return failure(`${name}, line ${await openQuoteLine(path)}: a quote opens there and is never closed`, error);
    default:
      return failure(`${name} can't be read: ${error.message}`, error);
  }
}
