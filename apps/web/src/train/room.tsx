/** The Train room: two networks on one problem in the plane, one of them on mixtures. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { saveFile } from '../compare/download.ts';
import { Button } from '../controls/button.tsx';
import { defineRoom, type RoomProps } from '../room.ts';
import { Notice } from '../shell/notice.tsx';
import { openWorker } from '../worker/open.ts';
import { Charts } from './charts.tsx';
import { ClassKey, MarkKey } from './class-key.tsx';
import { TrainControls } from './controls.tsx';
import { armNames } from './frame.ts';
import type { Place } from './panel-picture.ts';
import { createPlayer, type PlayerState, still } from './player.ts';
import { mostPoints, toPoint } from './points-field.ts';
import { fields, limits, type Settings, toExperiment } from './settings.ts';
import { Surfaces } from './surfaces.tsx';
import './train.css';
import type { TrainApi } from './train-worker.ts';
import TrainWorker from './train-worker.ts?worker';
import { Transport } from './transport.tsx';
import { accuracySentence, divergedSentence, surfaceSentence } from './wording.ts';

/** Where the room stops that has begun to play by itself. */
const firstEnd = 200;

function Train({ values, change, theme }: RoomProps<Settings>) {
  const { state, player, lost } = usePlayer(values, change);
  const [label, setLabel] = useState(0);
  const { frame, stale, problem } = state;
  const { points } = values;
  const classNames = frame?.scene.classNames ?? [];
  const chosen = label < classNames.length ? label : 0;

  const goTo = (epoch: number) => {
    player.seek(epoch);
    change({ epoch }, 'drag');
  };
  const add = ({ x, y }: Place) => {
    if (points.length < mostPoints) change({ points: [...points, toPoint(x, y, chosen)] }, 'commit');
  };
  const removeLast = () => change({ points: points.slice(0, -1) }, 'commit');
  const onKey = (key: string): boolean => {
    const id = Number(key) - 1;
    if (Number.isInteger(id) && id >= 0 && id < classNames.length) setLabel(id);
    else if ((key === 'Backspace' || key === 'Delete') && points.length > 0) removeLast();
    else return false;
    return true;
  };
  const save = () => {
    if (!frame) return;
    const histories = armNames.map((name) => [name, frame.arms[name].history]);
    const content = { experiment: toExperiment(values), epoch: frame.epoch, ...Object.fromEntries(histories) };
    saveFile('training.json', `${JSON.stringify(content, null, 2)}\n`);
  };
  return (
    <>
      <header class="room-head">
        <h1>Two networks learn, one of them from mixtures</h1>
        <p class="lede">
          Both start from the same weights and see the same points in the same order. For the one on the right, each
          batch is mixed with itself first, points and labels alike.
        </p>
      </header>
      {lost > 0 && (
        <Notice key={lost}>
          The worker was ended from outside. Another took its place and trained to the same epoch; the figures are the
          same.
        </Notice>
      )}
      {problem !== undefined && <Notice key={problem}>This can’t be trained: {problem}.</Notice>}
      <div class="bench">
        <TrainControls values={values} change={change} />
        <div class="train" aria-busy={problem === undefined && (frame === undefined || (stale && !state.playing))}>
          <Transport
            state={state}
            speed={values.speed}
            onSpeed={(speed, how) => change({ speed }, how)}
            onPlay={() => player.play(limits.epoch.max)}
            onPause={player.pause}
            onStep={() => goTo((frame?.epoch ?? 0) + 1)}
            onReset={() => goTo(0)}
          />
          {frame?.diverged && (
            <p class="diverged" role="status">
              {divergedSentence(frame)}
            </p>
          )}
          <Surfaces
            frame={frame}
            stale={stale && !state.playing}
            theme={theme}
            onAdd={add}
            onKey={onKey}
            caption={
              frame && (
                <>
                  <strong class="finding">{accuracySentence(frame)}</strong> {surfaceSentence(frame)}
                  {frame.epoch > 0 && (
                    <>
                      {' '}
                      This is one run; the <a href="#/compare?v=1">Compare room</a> asks many.
                    </>
                  )}
                </>
              )
            }
          >
            <div class="hand">
              <ClassKey classNames={classNames} value={chosen} onCommit={setLabel} />
              {points.length > 0 && (
                <div class="buttons">
                  <Button onPress={removeLast}>Remove the last point</Button>
                  {points.length > 1 && (
                    <Button onPress={() => change({ points: [] }, 'commit')}>Remove all {points.length}</Button>
                  )}
                </div>
              )}
              {points.length === mostPoints && <p class="control-hint">A link holds {mostPoints} points, no more.</p>}
            </div>
            <MarkKey wrong={values.wrong > 0} added={points.length > 0} />
          </Surfaces>
          <Charts frame={frame} onSave={stale ? undefined : save} />
        </div>
      </div>
    </>
  );
}

/** A player that follows the settings, for as long as the room is open. */
function usePlayer(values: Settings, change: RoomProps<Settings>['change']) {
  const [state, setState] = useState<PlayerState>(still);
  const [lost, setLost] = useState(0);
  const player = useMemo(() => {
    const worker = openWorker<TrainApi>(
      (options) => new TrainWorker(options),
      () => setLost((n) => n + 1),
    );
    return createPlayer(worker, setState);
  }, []);
  const experiment = toExperiment(values);
  useEffect(() => player.seek(values.epoch), [player, values.epoch]);
  useEffect(() => player.want(experiment), [player, JSON.stringify(experiment)]);
  useEffect(() => player.pace(values.speed), [player, values.speed]);
  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!calm && values.epoch === 0) player.play(firstEnd);
    return () => player.close();
  }, [player]);
  // The link has the epoch that is on the screen, but for the time of playing.
  const wasPlaying = useRef(false);
  useEffect(() => {
    if (wasPlaying.current && !state.playing) change({ epoch: state.epoch }, 'drag');
    wasPlaying.current = state.playing;
  }, [state.playing]);
  return { state, player, lost };
}

export const room = defineRoom(fields, Train);
