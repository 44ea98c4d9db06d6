/** The memory of calls: batch, activations, errors, panels and plan. One for an engine, as calls come one by one. */
import { CHUNK, PANEL } from './descriptor.ts';
import type { Block, Heap } from './heap.ts';
import { roundUp } from './heap.ts';
import { padded } from './panels.ts';

/** What a call needs room for. */
interface WorkspaceSize {
  /** Rows of a batch. */
  readonly batch: number;
  /** Rows of the plan. */
  readonly rows: number;
  /** Learning rates and layers to mix at; 0 for none. */
  readonly steps: number;
  /** Whether the plan has lambdas for labels, weights and boxes. */
  readonly hasLabelLambda?: boolean;
  readonly hasPlanWeights?: boolean;
  readonly hasBoxes?: boolean;
  /** 2 where rows are mixed at a hidden layer. */
  readonly branches: 1 | 2;
  /** Layers with a mask. */
  readonly masked: readonly boolean[];
}

/** Where a network finds its buffers, as byte offsets. */
export interface Workspace {
  /** Input first, then one for each layer; `stride` is in bytes; `mask` is 0 where there is none. */
  readonly layers: readonly {
    readonly output: number;
    readonly errors: number;
    readonly stride: number;
    readonly mask: number;
  }[];
  readonly mixedOutput: number;
  readonly mixedErrors: number;
  readonly labels: number;
  readonly rowWeights: number;
  readonly errorPanel: number;
  readonly errorBits: number;
  readonly gradientPanel: number;
  readonly transposedPanel: number;
  readonly zeros: number;
  readonly index: number;
  readonly partner: number;
  readonly lambda: number;
  /** 0 where there are none. */
  readonly labelLambda: number;
  readonly planWeights: number;
  readonly boxes: number;
  readonly rates: number;
  readonly mixLayers: number;
}

/** Hands out the workspace of the next call: the one before, where it serves; else another, and the one before is void. */
export type ReserveWorkspace = (units: readonly number[], size: WorkspaceSize) => Workspace;

export function createWorkspaces(heap: Heap): ReserveWorkspace {
  let block: Block | undefined;
  let last: { units: readonly number[]; size: WorkspaceSize; workspace: Workspace } | undefined;
  return (units, size) => {
    if (last?.units === units && serves(last.size, size)) return last.workspace;
    last = undefined;
    const bytes = lay(units, size, 0).end;
    if (!block || block.bytes < bytes) {
      if (block) heap.free(block);
      block = undefined;
      block = heap.allocate(bytes);
    }
    const { workspace } = lay(units, size, block.start);
    // An earlier call may have had something else there.
    heap.float32(workspace.zeros, PANEL).fill(0);
    last = { units, size, workspace };
    return workspace;
  };
}

/** Whether what was laid for one size has the room for another, and no parts that the other must not have. */
function serves(laid: WorkspaceSize, size: WorkspaceSize): boolean {
  return (
    rowsOf(laid) >= rowsOf(size) &&
    laid.rows >= size.rows &&
    laid.steps >= size.steps &&
    laid.branches === size.branches &&
    !laid.hasLabelLambda === !size.hasLabelLambda &&
    !laid.hasPlanWeights === !size.hasPlanWeights &&
    !laid.hasBoxes === !size.hasBoxes &&
    !laid.masked.includes(true) &&
    !size.masked.includes(true)
  );
}

/** Rows of activations. Tiles and the softmax head take four at a time. */
function rowsOf({ batch, branches }: WorkspaceSize): number {
  return roundUp(Math.max(batch * branches, CHUNK), 4);
}

/**
 * Bytes from one row of activations to the next. Where rows lie a large power of two apart they share few sets of the
 * first cache and drive each other out: such rows move by a cache line.
 */
function strideOf(units: number): number {
  const bytes = padded(units) * 4;
  return bytes % 512 === 0 ? bytes + 64 : bytes;
}

function lay(units: readonly number[], size: WorkspaceSize, start: number) {
  let end = start;
  const take = (bytes: number) => {
    const at = end;
    end += roundUp(bytes, 64);
    return at;
  };
  const rows = rowsOf(size);
  const layers = units.map((width, layer) => {
    const stride = strideOf(width);
    const mask = size.masked[layer] ? take(size.rows * padded(width) * 4) : 0;
    return { output: take(rows * stride), errors: take(rows * stride), stride, mask };
  });
  const widest = Math.max(...units);
  const mixed = size.branches === 2 ? rows * strideOf(widest) : 0;
  const workspace: Workspace = {
    layers,
    mixedOutput: take(mixed),
    mixedErrors: take(mixed),
    labels: take(rows * (layers.at(-1)?.stride ?? 0)),
    rowWeights: take(rows * 8),
    errorPanel: take(rows * PANEL * 4),
    errorBits: take(Math.ceil(rows / 32) * PANEL * 4),
    gradientPanel: take(padded(widest) * PANEL * 4),
    transposedPanel: take(padded(widest) * PANEL * 4),
    zeros: take(PANEL * 4),
    index: take(size.rows * 4),
    partner: take(size.rows * 4),
    lambda: take(size.rows * 8),
    labelLambda: size.hasLabelLambda ? take(size.rows * 8) : 0,
    planWeights: size.hasPlanWeights ? take(size.rows * 8) : 0,
    boxes: size.hasBoxes ? take(size.rows * 16) : 0,
    rates: take(size.steps * 8),
    mixLayers: take(size.steps * 4),
  };
  return { workspace, end };
}
