/** TensorFlow.js as the room has it: not asked for, on its way, there, or not to be had. */
import type { EngineRecord } from '@mixup/experiments';
import { useEffect, useState } from 'preact/hooks';
import type { Settings } from './settings.ts';
import type { TrialPool } from './trial-pool.ts';

export interface TensorFlowState {
  /** It is asked for. */
  readonly wanted: boolean;
  /** What runs, once it does. */
  readonly record?: EngineRecord;
  /** One line, where it does not start. */
  readonly problem?: string;
}

/** Have TensorFlow.js started when the settings ask for it. */
export function useTensorFlow(pool: TrialPool, { engine, backend }: Settings): TensorFlowState {
  const name = engine === 'tfjs' ? backend : undefined;
  const [state, setState] = useState<{ readonly name: typeof name } & Omit<TensorFlowState, 'wanted'>>({ name });
  useEffect(() => {
    if (!name) return;
    let current = true;
    pool.startTensorFlow(name).then(
      (record) => current && setState({ name, record }),
      (error: unknown) =>
        current && setState({ name, problem: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      current = false;
    };
  }, [pool, name]);
  const { name: of, ...known } = state;
  return { wanted: name !== undefined, ...(of === name && known) };
}
