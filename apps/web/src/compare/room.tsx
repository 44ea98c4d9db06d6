/** The Compare room: the article's experiment, run here, with one honest verdict. */
import { describeRecord } from '@mixup/experiments';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { defineRoom, type RoomProps } from '../room.ts';
import { Notice } from '../shell/notice.tsx';
import { ArmsTable } from './arms-table.tsx';
import type { BrowserBackend } from './backend.ts';
import './compare.css';
import { CompareControls } from './controls.tsx';
import { Figures } from './figures.tsx';
import { createRunner, type RunnerState } from './runner.ts';
import { fields, type Settings, toConfig } from './settings.ts';
import { Takeaway } from './takeaway.tsx';
import { createTrialPool } from './trial-pool.ts';
import { type TensorFlowState, useTensorFlow } from './use-tensorflow.ts';
import { Verdict } from './verdict.tsx';

const still: RunnerState = { outcome: undefined, progress: undefined, waiting: undefined, problem: undefined };

function Compare({ values, change, theme }: RoomProps<Settings>) {
  const [state, setState] = useState(still);
  const [lost, setLost] = useState(0);
  const { pool, runner } = useMemo(() => {
    const pool = createTrialPool(() => setLost((n) => n + 1));
    return { pool, runner: createRunner(pool, setState) };
  }, []);
  useEffect(() => () => runner.close(), [runner]);

  const tensorFlow = useTensorFlow(pool, values);
  const { config, refused } = read(values, tensorFlow);
  const wanted = JSON.stringify(config);
  useEffect(() => {
    if (config) runner.want(config);
    else runner.leave();
  }, [runner, wanted]);

  const { outcome, progress, waiting } = state;
  const problem = refused ?? state.problem;
  const stale = outcome !== undefined && JSON.stringify(outcome.summary.config) !== wanted;
  return (
    <>
      <header class="room-head">
        <h1>Does mixup help, or is it only the extra steps?</h1>
        <p class="lede">
          In each trial all arms share the split, the first weights and the order of the rows, so they differ in nothing
          but the mixing. Networks are trained here, in your browser.
        </p>
      </header>
      {lost > 0 && (
        <Notice key={lost}>
          A worker was ended from outside. Another took its place and did its trial again; the figures are the same.
        </Notice>
      )}
      <div class="bench">
        <CompareControls values={values} change={change} />
        <div class="results" aria-busy={outcome === undefined || progress !== undefined}>
          {problem !== undefined && <Notice key={problem}>This experiment can’t be done: {problem}.</Notice>}
          <Verdict outcome={outcome} stale={stale} />
          {tensorFlow.record && (
            <p class="facts" data-engine={tensorFlow.record.backend}>
              {describeRecord(tensorFlow.record)} ({tensorFlow.record.why.join('; ')})
            </p>
          )}
          {tensorFlow.wanted && !tensorFlow.record && !problem && <p class="status">Fetching TensorFlow.js …</p>}
          <Status progress={progress} waiting={waiting !== undefined} start={runner.start} stop={runner.stop} />
          <Figures outcome={outcome} theme={theme}>
            {outcome && <ArmsTable summary={outcome.summary} />}
          </Figures>
          {config && <Takeaway config={config} outcome={stale ? undefined : outcome} pool={pool} />}
        </div>
      </div>
    </>
  );
}

/** Nothing to compute while TensorFlow.js is on its way. */
function read(values: Settings, { wanted, record, problem }: TensorFlowState) {
  if (wanted && !record) return { refused: problem };
  try {
    return { config: toConfig(values, record?.backend as BrowserBackend | undefined) };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

interface StatusProps {
  readonly progress: RunnerState['progress'];
  readonly waiting: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

function Status({ progress, waiting, start, stop }: StatusProps) {
  if (progress) {
    return (
      <div class="status">
        <label>
          <span>
            {progress.done} of {progress.of} trials
          </span>
          <progress value={progress.done} max={progress.of} />
        </label>
        <Button onPress={stop}>Stop</Button>
      </div>
    );
  }
  if (!waiting) return null;
  return (
    <div class="status">
      <p>Not computed yet.</p>
      <Button kind="main" onPress={start}>
        Run
      </Button>
    </div>
  );
}

export const room = defineRoom(fields, Compare);
