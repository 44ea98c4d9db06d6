/**
 * The one build that every package shares: ES modules with declarations, split into chunks, no source condition left.
 */
import type { Options } from 'tsup';

export function preset(entry: Record<string, string>, options: Options = {}): Options {
  return {
    entry,
    format: ['esm'],
    target: 'es2022',
    platform: 'neutral',
    dts: true,
    splitting: true,
    sourcemap: false,
    clean: true,
    treeshake: true,
    ...options,
  };
}
