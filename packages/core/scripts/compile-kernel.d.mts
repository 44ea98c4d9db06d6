export function compileKernel(): Promise<Uint8Array>;
export function sha256(bytes: Uint8Array | string): string;
