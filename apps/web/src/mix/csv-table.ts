/** One's own table: what is known of its columns, and a sample of its rows. */

/** Rows that are kept of a table. */
export const mostSampled = 1000;

/** Classes that a table may have: as many as there are marks. */
export const mostClasses = 10;

/** A column of a table: what its cells could be. */
export interface CsvColumn {
  readonly name: string;
  /** Whether every cell that is not empty is a finite number, and there is one. */
  readonly numeric: boolean;
  /** Whether it has 2 to 10 different values: it can be the class. */
  readonly classes: boolean;
}

export interface CsvTable {
  readonly name: string;
  /** Rows of the file, without the header. */
  readonly rows: number;
  readonly columns: readonly CsvColumn[];
  /** [at most 1000, columns] rows of the file in their order, each as likely as any other. */
  readonly sample: readonly (readonly string[])[];
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether a cell is a finite number. */
export function isNumber(text: string): boolean {
  return number.test(text) && Number.isFinite(Number(text));
}
