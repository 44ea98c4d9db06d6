/** The Train room's worker: trains both networks, as far as it is asked to. */
import { createWasmEngine } from '@mixup/models';
import { serve } from '../worker/serve.ts';
import type { Frame } from './frame.ts';
import { createSession, type Session } from './session.ts';
import type { Experiment } from './settings.ts';

/** An epoch that was asked for: what there is to see, or how far training has come. */
export type Advance = { readonly frame: Frame } | { readonly reached: number };

const engine = createWasmEngine();
let current: { readonly name: string; readonly session: Session } | undefined;

async function sessionOf(experiment: Experiment, epoch: number): Promise<Session> {
  const name = JSON.stringify(experiment);
  // A network can't be made to forget: what is behind is computed again from the start.
  if (current && (current.name !== name || current.session.epoch > epoch)) {
    current.session.dispose();
    current = undefined;
  }
  current ??= { name, session: await createSession(await engine, experiment) };
  return current.session;
}

const api = {
  /**
   * Train to an epoch, from wherever the last call ended.
   *
   * @param budget milliseconds after which the answer is how far it has come; ask again to go on
   */
  async advance(experiment: Experiment, epoch: number, budget: number): Promise<Advance> {
    const session = await sessionOf(experiment, epoch);
    const end = performance.now() + budget;
    while (session.epoch < epoch && session.diverged === undefined) {
      session.step();
      if (performance.now() > end) break;
    }
    const arrived = session.epoch === epoch || session.diverged !== undefined;
    return arrived ? { frame: session.frame() } : { reached: session.epoch };
  },
};

export type TrainApi = typeof api;

serve(api);
