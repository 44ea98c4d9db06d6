/** Mixed rows: a block of a file's rows, each followed by its mixtures. */
import { createRandom, type MixPlan, sampleLambda } from '@mixup/core';
import { type MixedColumns, mixTable, sampleTablePlan } from '@mixup/core/table';
import type { AugmentRequest } from './augment-options.ts';
import { columnsOf, type Survey, weightName } from './survey.ts';

export interface BlockMixer {
  /** The names of the columns that are written. */
  readonly header: readonly string[];
  /** @returns rows as they are written */
  mix(rows: readonly (readonly string[])[]): string[][];
}

/** Every draw has a stream of its own, so that the result does not depend on how a file falls into blocks. */
export function createBlockMixer(found: Survey, request: AugmentRequest): BlockMixer {
  const { header, schema, classes, partners } = found;
  const { target, ratio, alpha, seed, labels } = request;
  const random = createRandom(seed);
  const [copies, pick, weigh, swap] = ['copies', 'partners', 'lambdas', 'swaps'].map((label) => random.fork(label)) as [
    typeof random,
    typeof random,
    typeof random,
    typeof random,
  ];
  const soft = classes !== undefined && labels === 'soft';
  const written = header.flatMap((name) =>
    soft && name === target ? classes.map((level) => weightName(target, level)) : [name],
  );

  const plain = (row: readonly string[]) =>
    row.flatMap((value, at) =>
      soft && header[at] === target ? classes.map((level) => (level === value ? '1' : '0')) : [value],
    );

  return {
    header: written,
    mix: (rows) => {
      const own: number[] = [];
      for (let row = 0; row < rows.length; row++) {
        const whole = Math.floor(ratio);
        const count = whole + (ratio > whole && copies() < ratio - whole ? 1 : 0);
        for (let i = 0; i < count; i++) own.push(row);
      }
      const met = own.map(() => partners[Math.floor(pick() * partners.length)] as readonly string[]);
      const plan: MixPlan = {
        index: Int32Array.from(own),
        partner: Int32Array.from(own, (_, i) => rows.length + i),
        lambda: sampleLambda(weigh, alpha, own.length),
      };
      const mixed = mixTable(columnsOf(header, [...rows, ...met]), sampleTablePlan(swap, plan), schema);
      const result: string[][] = [];
      for (let row = 0, i = 0; row < rows.length; row++) {
        result.push(plain(rows[row] as readonly string[]));
        for (; own[i] === row; i++) result.push(rowOf(mixed, written, i));
      }
      return result;
    },
  };
}

function rowOf(mixed: MixedColumns, names: readonly string[], row: number): string[] {
  return names.map((name) => {
    const value = mixed[name]?.[row];
    return value === null || value === undefined || Number.isNaN(value) ? '' : String(value);
  });
}
