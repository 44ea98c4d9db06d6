/** What follows `mixup doctor`: from what was typed to numbers, or to one line that says what is wrong with it. */
import { usageError } from './errors.ts';

export interface TypedDoctorOptions {
  readonly draws?: string;
  readonly seed?: string;
  readonly json?: boolean;
}

export interface DoctorRequest {
  readonly draws: number;
  readonly seed: number;
  readonly json: boolean;
}

export function parseDoctorOptions({ draws = '20000', seed = '0', json = false }: TypedDoctorOptions): DoctorRequest {
  return {
    draws: integer('--draws', draws, 100, 10_000_000),
    seed: integer('--seed', seed, 0, Number.MAX_SAFE_INTEGER),
    json,
  };
}

function integer(name: string, text: string, least: number, most: number): number {
  const value = /^\+?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw usageError(`${name} must be an integer in [${least}, ${most}], got "${text}"`);
}
