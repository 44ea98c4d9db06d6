/** Overflows: numerals beyond the largest number, as 1e400. Whether one is a number or a text, its column says. */
import type { SchemaInference, TableSchema } from '@mixup/core/table';
import { failure } from './errors.ts';

type Row = readonly string[];

export interface Overflows {
  /**
   * Take them out of a row, so that a column of numbers is still known for one.
   *
   * @param number the row's, from 1 on
   * @returns the row itself where it has none
   */
  withhold(row: Row, number: number): Row;
  /**
   * Give an inference what was withheld from its columns of texts.
   *
   * @throws a failure for one in a column of numbers
   */
  giveBack(inference: SchemaInference): void;
}

export interface OverflowsOptions {
  /** What errors call the file. */
  readonly name: string;
  /** Texts that stand for a missing value. */
  readonly marks: readonly string[];
  /** Different ones of a column that are kept, an integer >= 1. */
  readonly most: number;
}

/** Watch for overflows in columns of these names. */
export function createOverflows(header: readonly string[], { name, marks, most }: OverflowsOptions): Overflows {
  const found = new Map<string, { readonly row: number; readonly texts: Set<string> }>();
  const note = (column: string, text: string, row: number) => {
    const known = found.get(column);
    if (!known) found.set(column, { row, texts: new Set([text]) });
    else if (known.texts.size < most) known.texts.add(text);
  };
  return {
    withhold: (row, number) => {
      if (!row.some((value) => isOverflow(value, marks))) return row;
      return row.map((value, at) => {
        if (!isOverflow(value, marks)) return value;
        note(header[at] as string, value, number);
        return '';
      });
    },
    giveBack: (inference) => {
      if (found.size === 0) return;
      const schema: TableSchema = inference.schema();
      for (const [column, { row, texts }] of found) {
        if (schema[column]?.kind === 'categorical') continue;
        const [text = ''] = texts;
        const rule = `must hold no ${shortened(text.trim())}, which is beyond the largest number, 1.8e308`;
        throw failure(`${name}, row ${row}: column "${column}" ${rule}; mend it, or say --categorical ${column}`);
      }
      inference.add(Object.fromEntries(header.map((column) => [column, [...(found.get(column)?.texts ?? [])]])));
    },
  };
}

function isOverflow(value: string, marks: readonly string[]): boolean {
  // What is asked first is fast, and true of "Infinity" and of long hexadecimals too.
  return (
    Math.abs(Number(value)) === Infinity &&
    /^\s*[+-]?[\d.]+(e\+?\d+)?\s*$/i.test(value) &&
    !marks.includes(value.trim())
  );
}

function shortened(text: string): string {
  return text.length <= 20 ? text : `${text.slice(0, 19)}…`;
}
