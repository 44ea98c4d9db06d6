/** A table as points: two of its columns, and one for the class. */
import { createDataset, type Dataset } from '@mixup/datasets';
import { type CsvTable, isNumber, mostClasses } from './csv-table.ts';

/** Places of columns. */
export interface CsvChoice {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** The last column that can be a class, and the first two numbers beside it. */
export function chooseColumns({ columns }: CsvTable): CsvChoice {
  const numbers = columns.flatMap(({ numeric }, i) => (numeric ? [i] : []));
  const classes = columns.flatMap(({ classes }, i) => (classes ? [i] : []));
  // A class is mostly a word, and mostly last.
  const label = classes.findLast((at) => !columns[at]?.numeric) ?? (classes.at(-1) as number);
  const [x, y] = numbers.filter((at) => at !== label);
  return { x: x as number, y: y as number, label };
}

/**
 * Make a data set of a table's sample.
 *
 * @returns it, and how many rows of the sample were left out because a cell of theirs is empty
 * @throws RangeError when too little is left, or the columns are not three
 */
export function tableDataset(
  table: CsvTable,
  { x, y, label }: CsvChoice,
): { readonly dataset: Dataset; readonly left: number } {
  if (x === y || x === label || y === label)
    throw new RangeError('the two columns and the class must be three columns');
  const cell = (row: readonly string[], at: number) => (row[at] ?? '').trim();
  const rows = table.sample.filter(
    (row) => isNumber(cell(row, x)) && isNumber(cell(row, y)) && cell(row, label) !== '',
  );
  const labels = rows.map((row) => cell(row, label));
  const classes = new Set(labels).size;
  if (classes < 2 || classes > mostClasses) {
    throw new RangeError(`the class must have 2 to ${mostClasses} values in rows without gaps, got ${classes}`);
  }
  const dataset = createDataset({
    name: table.name,
    features: rows.map((row) => [Number(cell(row, x)), Number(cell(row, y))]),
    labels,
    featureNames: [x, y].map((at) => table.columns[at]?.name as string),
  });
  return { dataset, left: table.sample.length - rows.length };
}
