export function compileKernel(entry?: string): Promise<Uint8Array>;
export function disassembleKernel(entry?: string): Promise<string>;
export function sha256(bytes: Uint8Array | string): string;
