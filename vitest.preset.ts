/**
 * The one test setting that every package shares: sources instead of builds, and a machine-readable result beside the readable one.
 */
import { defaultServerConditions } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

export function preset(test: NonNullable<ViteUserConfig['test']> = {}): ViteUserConfig {
  return defineConfig({
    ssr: { resolve: { conditions: ['@mixup/source', ...defaultServerConditions] } },
    test: {
      include: ['test/**/*.test.ts'],
      testTimeout: 60_000,
      hookTimeout: 180_000,
      reporters: ['default', 'json'],
      outputFile: { json: 'test-results.json' },
      ...test,
    },
  });
}
