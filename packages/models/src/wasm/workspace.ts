/** The memory of one call: batch, activations, errors, panels and plan. One for an engine, as calls come one by one. */
import { CHUNK } from './descriptor.ts';
import type { Block, Heap } from './heap.ts';
import { roundUp } from './heap.ts';
import { padded } from './panels.ts';

/** Where a network finds its buffers, as byte offsets. */
export interface Workspace {
  /** Input first, then one for each layer; `stride` is in bytes. */
  readonly layers: readonly { readonly output: number; readonly errors: number; readonly stride: number }[];
  readonly labels: number;
  readonly errorPanel: number;
  readonly gradientPanel: number;
  readonly transposedPanel: number;
  readonly zeros: number;
  readonly index: number;
  readonly partner: number;
  readonly lambda: number;
}

/** Hands out the workspace of the next call; the one before is void then. */
export type ReserveWorkspace = (units: readonly number[], batch: number, planRows: number) => Workspace;

export function createWorkspaces(heap: Heap): ReserveWorkspace {
  let block: Block | undefined;
  return (units, batch, planRows) => {
    const bytes = lay(units, batch, planRows, 0).end;
    if (!block || block.bytes < bytes) {
      if (block) heap.free(block);
      block = undefined;
      block = heap.allocate(bytes);
    }
    const { workspace } = lay(units, batch, planRows, block.start);
    // An earlier call may have had something else there.
    heap.float32(workspace.zeros, 8).fill(0);
    return workspace;
  };
}

/**
 * Bytes from one row of activations to the next. Where rows lie a large power of two apart they share few sets of the
 * first cache and drive each other out: such rows move by a cache line.
 */
function strideOf(units: number): number {
  const bytes = padded(units) * 4;
  return bytes % 512 === 0 ? bytes + 64 : bytes;
}

function lay(units: readonly number[], batch: number, planRows: number, start: number) {
  let end = start;
  const take = (bytes: number) => {
    const at = end;
    end += roundUp(bytes, 64);
    return at;
  };
  // Tiles take two rows more at most, and four at least.
  const rows = Math.max(batch, CHUNK) + 2;
  const layers = units.map((width) => {
    const stride = strideOf(width);
    return { output: take(rows * stride), errors: take(rows * stride), stride };
  });
  const widest = padded(Math.max(...units));
  const workspace: Workspace = {
    layers,
    labels: take(rows * (layers.at(-1)?.stride ?? 0)),
    errorPanel: take(rows * 32),
    gradientPanel: take(widest * 32),
    transposedPanel: take(widest * 32),
    zeros: take(32),
    index: take(planRows * 4),
    partner: take(planRows * 4),
    lambda: take(planRows * 8),
  };
  return { workspace, end };
}
