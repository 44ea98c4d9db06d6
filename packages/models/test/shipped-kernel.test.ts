import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compileKernel, disassembleKernel, sha256 } from '../scripts/compile-kernel.mjs';
import { tileFiles } from '../scripts/tiles.mjs';
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

  it('asks for a memory and nothing else, and brings no data: what it computes comes from its arguments', async () => {
    // @ts-expect-error Node has it; neither the ES library nor Node's types say so.
    const { Module } = WebAssembly;
    const module = new Module(Buffer.from(KERNEL_BASE64, 'base64'));
    expect(Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    expect(sectionIds(Buffer.from(KERNEL_BASE64, 'base64'))).not.toContain(DATA_SECTION);
  });

  it('holds no relaxed SIMD instruction: their bits may differ from machine to machine', async () => {
    const text = await disassembleKernel();
    expect(text).toContain('f32x4.mul');
    expect(text).not.toContain('relaxed');
  });
});

const DATA_SECTION = 11;

/** The ids of a module's sections. @see WebAssembly core specification, 5.5 */
function sectionIds(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    ids.push(bytes[at] as number);
    let size = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = bytes[++at] as number;
      size += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte >= 128);
    at += 1 + size;
  }
  return ids;
}
