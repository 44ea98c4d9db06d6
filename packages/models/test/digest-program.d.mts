export function digestTrainings(models: {
  createWasmEngine: typeof import('../src/index.ts').createWasmEngine;
  sampleGlorotUniform: typeof import('../src/index.ts').sampleGlorotUniform;
}): Promise<{ sha256: string; losses: number[] }>;
