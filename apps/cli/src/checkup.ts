/** The checkup: everything that `mixup doctor` looks at, as plain data. */
import { createRandom } from '@mixup/core';
import { type BetaConformance, betaConformance } from '@mixup/core/conformance';
import { describeEngines, type EngineDescription } from '@mixup/models/node';
import { type BitCheck, checkBits } from './bits.ts';

export interface Checkup {
  readonly schema: 1;
  /** Whether all is well: an engine beside the kernel may be missing. */
  readonly healthy: boolean;
  readonly node: { readonly version: string; readonly least: string; readonly enough: boolean };
  /** Whether WebAssembly SIMD is there. */
  readonly simd: boolean;
  readonly sampler: readonly BetaConformance[];
  readonly engines: readonly EngineDescription[];
  readonly bits: readonly BitCheck[];
}

export const alphas = [0.001, 0.01, 0.1, 0.2, 1, 8, 32, 1000] as const;

const leastNode = [20, 19] as const;

export interface CheckupOptions {
  /** As `process.version` has it: v20.19.0. */
  readonly nodeVersion: string;
  /** Draws for each alpha, >= 100. */
  readonly draws: number;
  /** An integer >= 0. */
  readonly seed: number;
}

export async function examine({ nodeVersion, draws, seed }: CheckupOptions): Promise<Checkup> {
  const random = createRandom(seed);
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  const enough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  const simd = hasSimd();
  const sampler = alphas.map((a) => betaConformance(random.fork(`alpha ${a}`), { a, draws }));
  const engines = await describeEngines();
  const kernel = engines.find(({ engine }) => engine === 'wasm')?.usable === true;
  const bits = kernel ? await checkBits() : [];
  const healthy = enough && simd && kernel && sampler.every((law) => law.conforms) && bits.every(({ same }) => same);
  return {
    schema: 1,
    healthy,
    node: { version: nodeVersion, least: `v${leastNode.join('.')}`, enough },
    simd,
    sampler,
    engines,
    bits,
  };
}

/** A function whose result is a vector of zeros: valid where SIMD is. */
const simdModule = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0], // magic and version
  ...[1, 5, 1, 96, 0, 1, 123], // a type: () -> v128
  ...[3, 2, 1, 0], // a function of it
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11], // i32.const 0, i8x16.splat, i8x16.popcnt
);

function hasSimd(): boolean {
  const { WebAssembly } = globalThis as { WebAssembly?: { validate(bytes: Uint8Array): boolean } };
  return WebAssembly?.validate(simdModule) === true;
}
