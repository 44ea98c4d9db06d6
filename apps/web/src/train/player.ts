/** The player: which epoch is asked for, and when the next one is due. The training itself is the worker's. */
import { type WorkerHandle, WorkerLost } from '../worker/open.ts';
import type { Frame } from './frame.ts';
import type { Experiment } from './settings.ts';
import type { Advance, TrainApi } from './train-worker.ts';

export interface PlayerState {
  /** What is on the screen: never more than was asked for. */
  readonly frame: Frame | undefined;
  /** The epoch that is asked for. */
  readonly epoch: number;
  readonly playing: boolean;
  /** How far training is on its way to an epoch that takes long. */
  readonly reached: number | undefined;
  /** Whether the frame is of other settings than are asked for. */
  readonly stale: boolean;
  readonly problem: string | undefined;
}

export const still: PlayerState = {
  frame: undefined,
  epoch: 0,
  playing: false,
  reached: undefined,
  stale: true,
  problem: undefined,
};

export interface Player {
  /** Show an experiment at the epoch that the player is at. */
  want(experiment: Experiment): void;
  /** Epochs in a second. */
  pace(epochsPerSecond: number): void;
  /** Play on, to `end` at most. */
  play(end: number): void;
  /** Stop at what is on the screen, at once. */
  pause(): void;
  /** Go to an epoch, and stay there. */
  seek(epoch: number): void;
  close(): void;
}

/** Milliseconds of training after which the worker tells how far it has come. */
const budget = 120;

/**
 * Milliseconds for which settings are trained that have changed since: who drags a slider sees where it has been, sooner
 * than nothing until it is let go.
 */
const patience = 400;

/** What the worker is asked for. */
interface Job {
  readonly version: number;
  readonly experiment: Experiment;
  readonly epoch: number;
  readonly start: number;
}

/** Workers that are lost in a row before the player gives up. */
const mostLost = 5;

/**
 * Create a player.
 *
 * @param show called with each new state
 * @param later calls back before the next picture, as `requestAnimationFrame` does, with the time in milliseconds
 */
export function createPlayer(
  worker: WorkerHandle<TrainApi>,
  show: (state: PlayerState) => void,
  later: (due: (time: number) => void) => void = requestAnimationFrame,
): Player {
  let state = still;
  let experiment: Experiment | undefined;
  /** Counts the experiments that were asked for. */
  let version = 0;
  let shown = -1;
  let speed = 20;
  let end = 0;
  let open = true;
  let busy = false;
  let lost = 0;
  let ticking = false;
  let lastTick: number | undefined;

  const set = (patch: Partial<PlayerState>) => {
    state = { ...state, ...patch };
    if (open) show(state);
  };
  const isDue = () => shown !== version || state.frame?.epoch !== goal();
  /** The frame that is wanted; where training has diverged, there are no more. */
  const goal = () =>
    shown === version && state.frame?.diverged !== undefined ? Math.min(state.epoch, state.frame.epoch) : state.epoch;

  const fetchFrame = async () => {
    if (busy || !open) return;
    busy = true;
    let job: Job | undefined;
    try {
      while (open && experiment && state.problem === undefined && isDue()) {
        const late = job !== undefined && job.version !== version && performance.now() > job.start + patience;
        if (job?.epoch !== state.epoch || late) {
          job = { version, experiment, epoch: state.epoch, start: performance.now() };
        }
        const { experiment: asked, epoch } = job;
        try {
          const answer = await worker.call<Advance>((api) => api.advance(asked, epoch, budget));
          lost = 0;
          take(answer, job);
          if ('frame' in answer) job = undefined;
        } catch (error) {
          // Another worker computes the same again.
          if (error instanceof WorkerLost && open && ++lost <= mostLost) continue;
          if (open) set({ problem: error instanceof Error ? error.message : String(error), playing: false });
        }
      }
    } finally {
      busy = false;
    }
  };

  const take = (answer: Advance, job: Job) => {
    // It may have been paused or reset in between.
    if (job.epoch !== state.epoch) return;
    if (!('frame' in answer)) {
      set({ reached: answer.reached });
      return;
    }
    shown = job.version;
    const { frame } = answer;
    const playing = state.playing && frame.diverged === undefined;
    set({ frame, reached: undefined, stale: shown !== version, playing });
  };

  const tick = (time: number) => {
    ticking = open && state.playing;
    if (!ticking) {
      lastTick = undefined;
      return;
    }
    // No epoch is asked for before the last one is on the screen, so there is nothing to stop when it is paused.
    if (!busy && !isDue()) {
      lastTick ??= time - 1000 / speed;
      const due = Math.floor(((time - lastTick) * speed) / 1000);
      if (due >= 1) {
        const most = Math.ceil(speed / 20);
        // After a slow epoch, as after a while in the background, nothing is caught up on.
        lastTick = due > most ? time : lastTick + (due * 1000) / speed;
        const epoch = Math.min(end, state.epoch + Math.min(due, most));
        set({ epoch, playing: epoch < end });
        void fetchFrame();
      }
    }
    later(tick);
  };

  return {
    want: (next) => {
      experiment = next;
      version += 1;
      set({ stale: true, problem: undefined });
      void fetchFrame();
    },
    pace: (epochsPerSecond) => {
      speed = epochsPerSecond;
    },
    play: (until) => {
      end = until;
      if (state.playing || state.epoch >= end || state.frame?.diverged !== undefined) return;
      set({ playing: true });
      if (!ticking) {
        ticking = true;
        later(tick);
      }
    },
    pause: () => {
      const epoch = shown === version && state.frame ? state.frame.epoch : state.epoch;
      set({ playing: false, epoch });
    },
    seek: (epoch) => {
      set({ playing: false, epoch, reached: undefined });
      void fetchFrame();
    },
    close: () => {
      open = false;
      worker.close();
    },
  };
}
