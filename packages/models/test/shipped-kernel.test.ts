import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compileKernel, disassembleKernel, sha256 } from '../scripts/compile-kernel.mjs';
import { tileFiles } from '../scripts/tiles.mjs';
import { RESERVED_BYTES } from '../src/wasm/descriptor.ts';
import { KERNEL_BASE64, KERNEL_SHA256 } from '../src/wasm/kernel.generated.ts';

describe('the shipped kernel', () => {
  it('is what kernel/ compiles to', async () => {
    const compiled = await compileKernel();
    expect(sha256(Buffer.from(KERNEL_BASE64, 'base64'))).toBe(KERNEL_SHA256);
    expect(sha256(compiled), 'run `pnpm run kernel` and commit src/wasm/kernel.generated.ts').toBe(KERNEL_SHA256);
  });

  it('has the inner loops that scripts/tiles.mjs writes', async () => {
    for (const [url, text] of tileFiles()) {
      expect(await readFile(url, 'utf8'), 'run `pnpm run kernel`').toBe(text);
    }
  });

  it('asks for a memory and nothing else, and puts its constants where nothing else lies', async () => {
    // @ts-expect-error Node has it; neither the ES library nor Node's types say so.
    const { Instance, Memory, Module } = WebAssembly;
    const module = new Module(Buffer.from(KERNEL_BASE64, 'base64'));
    expect(Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);

    const memory = new Memory({ initial: 1 });
    const bytes = new Uint8Array(memory.buffer).fill(255);
    new Instance(module, { env: { memory } });
    const last = bytes.findLastIndex((byte) => byte !== 255);
    expect(bytes.subarray(0, 64).every((byte) => byte === 255)).toBe(true);
    expect(last).toBeGreaterThan(64);
    expect(last).toBeLessThan(RESERVED_BYTES);
  });

  it('holds no relaxed SIMD instruction: their bits may differ from machine to machine', async () => {
    const text = await disassembleKernel();
    expect(text).toContain('f32x4.mul');
    expect(text).not.toContain('relaxed');
  });
});
