/** Links: a room and its settings as readable text. "#/compare?v=1&dataset=digits&alpha=0.5" is an experiment. */
import * as v from 'valibot';
import type { Fields, Values } from './field.ts';

/** The version of links that this page writes, and reads. */
export const linkVersion = '1';

/** More of a hostile value than this is nothing to read. */
const shownLength = 40;

export interface Address {
  /** The room's name; '' where the address names none. */
  readonly room: string;
  /** What follows the question mark. */
  readonly query: string;
}

/** Take an address apart. */
export function parseAddress(hash: string): Address {
  const [path = '', ...rest] = hash.replace(/^#/, '').split('?');
  return { room: path.replace(/^\/+|\/+$/g, ''), query: rest.join('?') };
}

/**
 * Read settings from an address. What is wrong in it falls back to the default, and is told.
 *
 * @param query what follows the question mark
 * @returns the settings, and one line for each thing that is wrong: 'alpha must be a number in [0, 8], got "x"; 0.2 is used'
 */
export function parseQuery<F extends Fields>(
  fields: F,
  query: string,
): { readonly values: Values<F>; readonly problems: readonly string[] } {
  const given = new URLSearchParams(query);
  const values = Object.fromEntries(Object.entries(fields).map(([name, { fallback }]) => [name, fallback]));
  const version = given.get('v') ?? linkVersion;
  if (version !== linkVersion) {
    const problem = `v must be ${linkVersion}, the version of links that this page reads, got ${show(version)}; the defaults are used`;
    return { values: values as Values<F>, problems: [problem] };
  }
  const problems: string[] = [];
  for (const name of new Set(given.keys())) {
    if (name === 'v') continue;
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      problems.push(`${show(name)} is no setting of this room; it is left out`);
      continue;
    }
    const texts = given.getAll(name);
    const result = v.safeParse(field.schema, texts[0], { abortEarly: true });
    const rule = texts.length > 1 ? 'must be given once' : result.issues?.[0].message;
    if (rule === undefined) values[name] = result.output;
    else {
      const got = texts.length > 1 ? `${texts.length} times` : show(texts[0] as string);
      problems.push(`${name} ${rule}, got ${got}; ${field.format(field.fallback) || 'none'} is used`);
    }
  }
  return { values: values as Values<F>, problems };
}

/** Write the address of a room: the version, and each setting that is not at its default. */
export function formatLink<F extends Fields>(room: string, fields: F, values: Values<F>): string {
  const settings = Object.entries(fields).flatMap(([name, { fallback, format }]) => {
    const text = format(values[name]);
    return text === format(fallback) ? [] : [`${name}=${encode(text)}`];
  });
  return `#/${room}?${[`v=${linkVersion}`, ...settings].join('&')}`;
}

/** What a query may hold is left readable. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/%2C/g, ',').replace(/%3A/g, ':').replace(/%3B/g, ';');
}

function show(text: string): string {
  const short = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  return JSON.stringify(short);
}
