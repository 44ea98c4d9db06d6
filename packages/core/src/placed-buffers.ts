/** Placed buffers: which memories a kernel can reach. `mixRows` asks here, so that it carries no kernel itself. */

/** What kernel/blend.ts exports; pointers are byte offsets. */
export interface Blend {
  blend32(first: number, second: number, out: number, size: number, weight: number): void;
  blend64(first: number, second: number, out: number, size: number, weight: number): void;
}

let buffers: WeakMap<ArrayBufferLike, Blend> | undefined;

/** The kernel of each buffer that has one. */
export function placedBuffers(): WeakMap<ArrayBufferLike, Blend> {
  buffers ??= new WeakMap();
  return buffers;
}
