/** Mixed rows: a block of a file's rows, each followed by its mixtures. */
import { createRandom, type MixPlan, sampleLambda } from '@mixup/core';
import { type MixedColumns, mixTable, sampleTablePlan } from '@mixup/core/table';
import type { AugmentRequest } from './augment-options.ts';
import { rowsWithin, workCells } from './room.ts';
import { columnsOf, type Survey, weightName } from './survey.ts';

export interface BlockMixer {
  /** The names of the columns that are written. */
  readonly header: readonly string[];
  /** @returns rows as they are written, in pieces, each made when it is asked for */
  mix(rows: readonly (readonly string[])[]): Generator<string[][]>;
}

/** A row that is to be written: one of the file, or a mixture of it. */
interface Line {
  readonly row: readonly string[];
  readonly isMixed: boolean;
}

/** Every draw has a stream of its own, so that the result does not depend on how a file falls into blocks and pieces. */
export function createBlockMixer(found: Survey, request: AugmentRequest): BlockMixer {
  const { header, schema, classes, partners } = found;
  const { target, ratio, alpha, seed, labels, mark } = request;
  const random = createRandom(seed);
  const [copies, pick, weigh, swap] = ['copies', 'partners', 'lambdas', 'swaps'].map((label) => random.fork(label)) as [
    typeof random,
    typeof random,
    typeof random,
    typeof random,
  ];
  const soft = classes !== undefined && labels === 'soft';
  const written = header.flatMap((name) =>
    soft && name === target ? classes.names.map((level) => weightName(target, level)) : [name],
  );
  const pieceRows = rowsWithin(workCells, Math.max(header.length, written.length), Number.MAX_SAFE_INTEGER);

  const plain = (row: readonly string[]) =>
    row.flatMap((value, at) => {
      if (!soft || header[at] !== target) return [value];
      const own = classes.nameOf(value);
      return classes.names.map((level) => (level === own ? '1' : '0'));
    });

  const read = (rows: readonly (readonly string[])[]) => {
    const columns = columnsOf(header, rows);
    return classes ? { ...columns, [target]: (columns[target] ?? []).map(classes.nameOf) } : columns;
  };

  function* linesOf(rows: readonly (readonly string[])[]): Generator<Line> {
    const whole = Math.floor(ratio);
    for (const row of rows) {
      yield { row, isMixed: false };
      const count = whole + (ratio > whole && copies() < ratio - whole ? 1 : 0);
      for (let i = 0; i < count; i++) yield { row, isMixed: true };
    }
  }

  const write = (lines: readonly Line[]): string[][] => {
    const own: (readonly string[])[] = [];
    const index: number[] = [];
    for (const { row, isMixed } of lines) {
      if (!isMixed) continue;
      if (row !== own.at(-1)) own.push(row);
      index.push(own.length - 1);
    }
    const met = index.map(() => partners[Math.floor(pick() * partners.length)] as readonly string[]);
    const plan: MixPlan = {
      index: Int32Array.from(index),
      partner: Int32Array.from(index, (_, i) => own.length + i),
      lambda: sampleLambda(weigh, alpha, index.length),
    };
    const mixed = mixTable(read([...own, ...met]), sampleTablePlan(swap, plan), schema);
    let next = 0;
    return lines.map(({ row, isMixed }) => (isMixed ? rowOf(mixed, written, next++, mark) : plain(row)));
  };

  return {
    header: written,
    *mix(rows) {
      for (const lines of inPieces(linesOf(rows), pieceRows)) yield write(lines);
    },
  };
}

function* inPieces<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let piece: T[] = [];
  for (const item of items) {
    piece.push(item);
    if (piece.length < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

function rowOf(mixed: MixedColumns, names: readonly string[], row: number, mark: string): string[] {
  return names.map((name) => {
    const value = mixed[name]?.[row];
    return value === null || value === undefined || Number.isNaN(value) ? mark : String(value);
  });
}
