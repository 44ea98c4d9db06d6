/** Fields of a link: how a setting is read from an address, which anyone may have written, and how it is written. */
import * as v from 'valibot';

/** One setting of a room. */
export interface Field<T> {
  /** What holds where the address is silent. It is part of version 1 of links: it never changes. */
  readonly fallback: T;
  /** From text to value; its message says the rule: "must be a number in [0, 8]". */
  readonly schema: v.GenericSchema<string, T>;
  /** From value to text that `schema` reads back to the same value. */
  readonly format: (value: T) => string;
}

/** The settings of a room by the names that they have in its address. */
// biome-ignore lint/suspicious/noExplicitAny: fields of any values
export type Fields = Readonly<Record<string, Field<any>>>;

/** The values of fields. */
export type Values<F extends Fields> = { readonly [K in keyof F]: F[K]['fallback'] };

const decimal = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function number(rule: string, holds: (value: number) => boolean) {
  return v.pipe(
    v.string(),
    v.check((text) => decimal.test(text) && holds(Number(text)), rule),
    // No -0.
    v.transform((text) => Number(text) + 0),
  );
}

/** A number in [min, max]. */
export function numberField(fallback: number, { min, max }: { min: number; max: number }): Field<number> {
  return {
    fallback,
    schema: number(`must be a number in [${min}, ${max}]`, (value) => value >= min && value <= max),
    format: String,
  };
}

/** An integer in [min, max]. */
export function integerField(fallback: number, { min, max }: { min: number; max: number }): Field<number> {
  return {
    fallback,
    schema: number(
      `must be an integer in [${min}, ${max}]`,
      (value) => Number.isInteger(value) && value >= min && value <= max,
    ),
    format: String,
  };
}

/** One of several names. */
export function choiceField<const T extends string>(fallback: NoInfer<T>, names: readonly T[]): Field<T> {
  return {
    fallback,
    schema: v.picklist(names, `must be one of ${names.join(', ')}`) as unknown as v.GenericSchema<string, T>,
    format: (value) => value,
  };
}

/** Several different names, at least `least`, written with commas; kept in the order of `names`. */
export function choicesField<const T extends string>(
  fallback: readonly NoInfer<T>[],
  names: readonly T[],
  { least = 0 } = {},
): Field<readonly T[]> {
  const rule = `must be ${least > 0 ? `at least ${least} ` : ''}of ${names.join(', ')}, with commas between`;
  const holds = (list: string[]) =>
    list.length >= least && new Set(list).size === list.length && list.every((name) => names.includes(name as T));
  return {
    fallback,
    schema: v.pipe(
      v.string(),
      v.transform((text) => (text === '' ? [] : text.split(','))),
      v.check(holds, rule),
      v.transform((list) => names.filter((name) => list.includes(name))),
    ),
    format: (list) => list.join(','),
  };
}

/** Several integers in [min, max], `least` to `most` of them, written with commas. */
export function integersField(
  fallback: readonly number[],
  { min, max, least = 0, most }: { min: number; max: number; least?: number; most: number },
): Field<readonly number[]> {
  const rule = `must be ${least} to ${most} integers in [${min}, ${max}], with commas between`;
  const isOne = (text: string) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;
  return {
    fallback,
    schema: v.pipe(
      v.string(),
      v.transform((text) => (text === '' ? [] : text.split(','))),
      v.check((list) => list.length >= least && list.length <= most && list.every(isOne), rule),
      v.transform((list) => list.map(Number)),
    ),
    format: (list) => list.join(','),
  };
}

/**
 * Yes or no, written as 1 or 0.
 *
 * @public for rooms
 */
export function flagField(fallback: boolean): Field<boolean> {
  return {
    fallback,
    schema: v.pipe(
      v.string(),
      v.check((text) => text === '1' || text === '0', 'must be 1 or 0'),
      v.transform((text) => text === '1'),
    ),
    format: (value) => (value ? '1' : '0'),
  };
}
