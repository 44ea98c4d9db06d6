/** The little of WebAssembly that is used here: neither the ES library nor Node's types declare it. */

export interface WasmMemory {
  /** Another one after each growth. */
  readonly buffer: ArrayBuffer;
  /** @param pages of 64 KiB */
  grow(pages: number): number;
}

/** What kernel/index.ts exports; pointers are byte offsets. */
export interface KernelExports {
  train(
    network: number,
    x: number,
    y: number,
    index: number,
    partner: number,
    lambda: number,
    rows: number,
    batch: number,
  ): number;
  evaluate(network: number, x: number, y: number, index: number, rows: number, out: number): void;
  inputGradients(network: number, x: number, y: number, index: number, rows: number, out: number): void;
}

declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => WasmMemory;
  readonly instantiate: (bytes: Uint8Array, imports: object) => Promise<{ instance: { exports: object } }>;
};

/** Start a kernel on a memory of its own. */
export async function instantiate(base64: string): Promise<{ kernel: KernelExports; memory: WasmMemory }> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return { kernel: instance.exports as KernelExports, memory };
}
