/** Digests: names for experiments and trials that depend on nothing but what they are. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ExperimentConfig } from './config.ts';

let lastDigest: { readonly text: string; readonly digest: string } | undefined;

/**
 * Name an experiment by what decides its trials: the config without the number of trials.
 *
 * @returns 64 hexadecimal digits
 */
export function configDigest(config: ExperimentConfig): string {
  const { trials, model, ...rest } = config;
  // A model file is what is in it, wherever it lies.
  const named = model === undefined ? {} : { model: typeof model === 'string' ? model : model.digest };
  const entries = Object.entries({ ...rest, ...named }).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify(entries);
  // Asked for in each trial.
  if (lastDigest?.text !== text) lastDigest = { text, digest: digest(text) };
  return lastDigest.digest;
}

/**
 * Name a trial by its experiment, its data and its number.
 *
 * @returns 32 hexadecimal digits
 */
export function trialId(config: ExperimentConfig, dataDigest: string, trial: number): string {
  return digest(`${configDigest(config)} ${dataDigest} ${trial}`).slice(0, 32);
}

function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
