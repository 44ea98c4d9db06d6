/** An allocator over one WebAssembly memory: first fit, neighbours joined when freed. */
import { RESERVED_BYTES } from './descriptor.ts';
import type { WasmMemory } from './webassembly.ts';

const PAGE_BYTES = 65536;
/** A cache line: no two blocks share one. */
const ALIGNMENT = 64;

/** A run of bytes that someone holds. */
export interface Block {
  /** Byte offset, a multiple of 64. */
  readonly start: number;
  /** A multiple of 64. */
  readonly bytes: number;
}

/** Views are asked for at each use: growing the memory empties those taken before. */
export interface Heap {
  /**
   * @param bytes >= 1
   * @returns a block of at least so many bytes, all 0
   * @throws RangeError when the memory can't grow so far
   */
  allocate(bytes: number): Block;
  free(block: Block): void;
  int32(start: number, length: number): Int32Array;
  float32(start: number, length: number): Float32Array;
  float64(start: number, length: number): Float64Array;
  /** Size of the whole memory. */
  readonly bytes: number;
}

export function createHeap(memory: WasmMemory): Heap {
  // Free blocks in the order of their addresses.
  let free: Block[] = [{ start: RESERVED_BYTES, bytes: memory.buffer.byteLength - RESERVED_BYTES }];

  const grow = (bytes: number) => {
    const start = memory.buffer.byteLength;
    const pages = Math.ceil(bytes / PAGE_BYTES);
    try {
      memory.grow(pages);
    } catch (cause) {
      throw new RangeError(`allocate: the memory must hold ${start + bytes} bytes, got ${start} and no more`, {
        cause,
      });
    }
    release({ start, bytes: pages * PAGE_BYTES });
  };

  const release = (block: Block) => {
    const joined: Block[] = [];
    for (const next of [...free, block].sort((a, b) => a.start - b.start)) {
      const last = joined.at(-1);
      if (last && last.start + last.bytes === next.start) {
        joined[joined.length - 1] = { start: last.start, bytes: last.bytes + next.bytes };
      } else {
        joined.push(next);
      }
    }
    free = joined;
  };

  return {
    allocate: (wanted) => {
      const bytes = roundUp(wanted, ALIGNMENT);
      let at = free.findIndex((block) => block.bytes >= bytes);
      if (at < 0) {
        const last = free.at(-1);
        const atEnd = last && last.start + last.bytes === memory.buffer.byteLength ? last.bytes : 0;
        grow(bytes - atEnd);
        at = free.findIndex((block) => block.bytes >= bytes);
      }
      const { start, bytes: found } = free[at] as Block;
      if (found === bytes) free.splice(at, 1);
      else free[at] = { start: start + bytes, bytes: found - bytes };
      new Uint8Array(memory.buffer, start, bytes).fill(0);
      return { start, bytes };
    },
    free: release,
    int32: (start, length) => new Int32Array(memory.buffer, start, length),
    float32: (start, length) => new Float32Array(memory.buffer, start, length),
    float64: (start, length) => new Float64Array(memory.buffer, start, length),
    get bytes() {
      return memory.buffer.byteLength;
    },
  };
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
