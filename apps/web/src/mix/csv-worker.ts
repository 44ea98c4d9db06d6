/** Reads one's own file, off the page's own thread. */
import { serve } from '../worker/serve.ts';
import { CsvProblem, readTable } from './csv-reader.ts';
import type { CsvTable } from './csv-table.ts';

/** A table, or the one line that says why there is none: what is thrown would lose its kind on its way. */
export interface CsvOutcome {
  readonly table?: CsvTable;
  readonly problem?: string;
}

const api = {
  async read(file: File, onBytes: (read: number) => void): Promise<CsvOutcome> {
    try {
      return { table: await readTable(file.name, file.stream(), onBytes) };
    } catch (error) {
      if (error instanceof CsvProblem) return { problem: error.message };
      throw error;
    }
  },
};

export type CsvApi = typeof api;

serve(api);
