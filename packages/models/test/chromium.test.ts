import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateInChromium, executablePath } from './browser.ts';
import { bundleModels } from './bundle.ts';
import type { PageResult } from './conformance-page.ts';
import golden from './golden/trainings.golden.json' with { type: 'json' };

const all = process.env.MIXUP_REQUIRE_ALL === '1';
const skip = !executablePath && !all;
if (skip) {
  console.log('skipped: Chromium; install it (`apt-get install chromium`) or set MIXUP_CHROMIUM to its path');
}

describe('in Chromium', () => {
  it.skipIf(skip)('six trainings of 30 epochs have the bits of the golden file', async () => {
    expect(executablePath, 'MIXUP_REQUIRE_ALL asks for Chromium: install it or set MIXUP_CHROMIUM').toBeTruthy();
    const bundle = await bundleModels();
    try {
      const files = {
        '/models.mjs': await readFile(bundle.path, 'utf8'),
        '/digest-program.mjs': await readFile(new URL('digest-program.mjs', import.meta.url), 'utf8'),
      };
      const result = await evaluateInChromium(
        files,
        `(async () => {
          const { digestTrainings } = await import('/digest-program.mjs');
          return digestTrainings(await import('/models.mjs'));
        })()`,
      );
      expect(result).toEqual({ sha256: golden.sha256, losses: golden.losses });
    } finally {
      await bundle.remove();
    }
  });

  it.skipIf(skip)(
    'the kernel, and TensorFlow.js on WASM, and on WebGL and WebGPU where there are any, pass the conformance suite',
    async () => {
      expect(executablePath, 'MIXUP_REQUIRE_ALL asks for Chromium: install it or set MIXUP_CHROMIUM').toBeTruthy();
      const bundle = await bundleModels('conformance-page.ts');
      try {
        const wasm = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
        const names = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];
        const binaries = await Promise.all(
          names.map(async (name) => [`/${name}`, await readFile(join(wasm, name))] as const),
        );
        const files = { '/models.mjs': await readFile(bundle.path, 'utf8'), ...Object.fromEntries(binaries) };
        const results = (await evaluateInChromium(
          files,
          `import('/models.mjs').then(({ runConformance }) => runConformance(${all}))`,
        )) as Record<string, PageResult>;
        for (const [engine, { failed, passed, absent }] of Object.entries(results)) {
          expect(failed, engine).toEqual([]);
          if (absent) console.log(`${engine} in Chromium: ${absent}`);
          else expect(passed, engine).toBeGreaterThan(30);
        }
        expect(Object.keys(results)).toEqual(['wasm', 'tfjs-wasm', 'tfjs-webgl', 'tfjs-webgpu']);
        expect(results.wasm?.absent).toBeUndefined();
        expect(results['tfjs-wasm']?.absent).toBeUndefined();
      } finally {
        await bundle.remove();
      }
    },
    600_000,
  );
});
