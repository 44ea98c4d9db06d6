/** The machine: what a manifest says of where results were computed, and by which versions. */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

export interface Machine {
  readonly environment: {
    readonly node: string;
    readonly platform: string;
    readonly arch: string;
    readonly cpu: string;
    readonly cores: number;
  };
  readonly packages: Readonly<Record<string, string>>;
}

/** The packages that results depend on. */
const packages = ['@mixup/core', '@mixup/datasets', '@mixup/models', '@mixup/experiments'];

export function describeMachine({ version, platform, arch }: NodeJS.Process): Machine {
  return {
    environment: {
      node: version,
      platform,
      arch,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
    },
    packages: Object.fromEntries(packages.map((name) => [name, readVersion(import.meta.resolve(name))])),
  };
}

/** @param entry where a package's code is, one folder below its package.json */
export function readVersion(entry: string): string {
  return JSON.parse(readFileSync(new URL('../package.json', entry), 'utf8')).version;
}
