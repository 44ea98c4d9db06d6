/** Golden files: what scikit-learn gave, with the command and the versions that made them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @returns the cases of `test/golden/<name>.golden.json`, made by `golden/sklearn_goldens.py` */
export function readCases<T>(name: string): T[] {
  const url = new URL(`./golden/${name}.golden.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { cases: T[] }).cases;
}

/** Node's own hash, of the bytes as they lie in memory. */
export function sha256(bytes: NodeJS.ArrayBufferView): string {
  return createHash('sha256').update(bytes).digest('hex');
}
