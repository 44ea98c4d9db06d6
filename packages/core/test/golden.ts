/** Golden files: what Python gave, with the command and the versions that made them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @param name of `test/golden/<name>.golden.json`, made by `golden/streams.py` */
export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./golden/${name}.golden.json`, import.meta.url), 'utf8')) as T;
}

export function sha256(words: Uint32Array | Int32Array | Float64Array): string {
  return createHash('sha256').update(words).digest('hex');
}
