/** Transport: play, pause, step, reset, and how fast. */
import { Button } from '../controls/button.tsx';
import { Slider } from '../controls/slider.tsx';
import type { Change } from '../link/history.ts';
import type { PlayerState } from './player.ts';
import { limits, speeds } from './settings.ts';

interface TransportProps {
  readonly state: PlayerState;
  readonly speed: number;
  readonly onSpeed: (speed: number, how: Change) => void;
  readonly onPlay: () => void;
  readonly onPause: () => void;
  readonly onStep: () => void;
  readonly onReset: () => void;
}

export function Transport({ state, speed, onSpeed, onPlay, onPause, onStep, onReset }: TransportProps) {
  const { playing, reached, frame } = state;
  const epoch = frame?.epoch ?? 0;
  const ended = epoch >= limits.epoch.max || frame?.diverged !== undefined;
  return (
    <div class="transport">
      <div class="buttons">
        <Button kind="main" disabled={ended && !playing} onPress={playing ? onPause : onPlay}>
          {playing ? 'Pause' : 'Play'}
        </Button>
        <Button disabled={ended} onPress={onStep}>
          Step
        </Button>
        <Button disabled={state.epoch === 0 && !playing} onPress={onReset}>
          Reset
        </Button>
      </div>
      <p class="transport-epoch">
        Epoch <strong data-epoch={epoch}>{epoch}</strong>
        {reached !== undefined && ` · training to ${state.epoch}: ${reached}`}
      </p>
      <Slider label="Epochs a second" value={speed} stops={speeds} onChange={onSpeed} />
    </div>
  );
}
