/** Arms that were trained already: what does not depend on alpha need not be trained again while alpha is dragged. */
import type { ArmName, ArmResult, ExperimentConfig, TrialResult } from '@mixup/experiments';

/** The arms that mix nothing, so that their training does not depend on alpha. */
const plain: readonly ArmName[] = ['baseline', 'duplicate'];

/** What a trial has beside its arms. */
export type TrialFrame = Omit<TrialResult, 'id' | 'arms'>;

export interface ArmCache {
  /** @returns the arms of a trial that are known, and the frame of the trial where one is */
  find(config: ExperimentConfig, trial: number): { arms: TrialResult['arms']; frame: TrialFrame | undefined };
  keep(config: ExperimentConfig, result: TrialResult): void;
}

/** Of 30 epochs about a kilobyte each. */
const mostEntries = 20_000;

/** Create a cache that forgets the oldest first. */
export function createArmCache(): ArmCache {
  const entries = new Map<string, { readonly arm: ArmResult; readonly frame: TrialFrame }>();
  return {
    find(config, trial) {
      const arms: TrialResult['arms'] = {};
      let frame: TrialFrame | undefined;
      for (const name of config.arms) {
        const entry = entries.get(key(config, trial, name));
        if (!entry) continue;
        arms[name] = entry.arm;
        frame = entry.frame;
      }
      return { arms, frame };
    },
    keep(config, { id: _, arms, ...frame }) {
      for (const name of config.arms) {
        const arm = arms[name];
        if (arm) entries.set(key(config, frame.trial, name), { arm, frame });
      }
      for (const oldest of entries.keys()) {
        if (entries.size <= mostEntries) break;
        entries.delete(oldest);
      }
    },
  };
}

/** All that decides one arm of one trial. Arms share the streams of a trial, so which others there are is not in it. */
function key(config: ExperimentConfig, trial: number, arm: ArmName): string {
  const { arms: _, trials: __, alpha, ...rest } = config;
  return JSON.stringify([arm, trial, plain.includes(arm) ? null : alpha, rest]);
}
