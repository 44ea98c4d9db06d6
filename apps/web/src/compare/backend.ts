/** Backends of TensorFlow.js that browsers have. The command line has the last two, and native TensorFlow. */

/** Best first: the order in which they are tried. */
export const browserBackends = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;

export type BrowserBackend = (typeof browserBackends)[number];

/** What can be asked for: one of them, or the first that is any good here. */
export const backendChoices = ['auto', ...browserBackends] as const;

export type BackendChoice = (typeof backendChoices)[number];

/** @returns whether Node has it too, and with it `mixup run` */
export function isInNode(backend: string): boolean {
  return backend === 'wasm' || backend === 'cpu';
}
