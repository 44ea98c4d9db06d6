/** The two charts: accuracy and loss of both networks by epoch. */
import { useMemo } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import type { TableData } from '../figure/data-table.tsx';
import { Figure } from '../figure/figure.tsx';
import { accuracyKind, type CurveKind, curvesSvg, highestLoss, lossKind } from './curves.ts';
import { armNames, type Frame } from './frame.ts';
import { percent } from './wording.ts';

/** Rows of a table of epochs: evenly spread where there are more epochs. */
const mostRows = 100;

interface ChartsProps {
  readonly frame: Frame | undefined;
  /** Absent while the frame is not that of the settings. */
  readonly onSave: (() => void) | undefined;
}

export function Charts({ frame, onSave }: ChartsProps) {
  return (
    <section class="charts" aria-label="Curves">
      <ul class="curve-key">
        {armNames.map((name) => (
          <li key={name}>
            <svg class="curve-swatch" viewBox="0 0 36 12" aria-hidden="true">
              <path class={`curve curve-${name}`} d="M2 6H34" />
              {name === 'baseline' ? (
                <circle class={`curve-end curve-${name}`} cx="18" cy="6" r="4" />
              ) : (
                <rect class={`curve-end curve-${name}`} x="14.2" y="2.2" width="7.6" height="7.6" />
              )}
            </svg>
            {name}
          </li>
        ))}
        <li>
          <svg class="curve-swatch" viewBox="0 0 36 12" aria-hidden="true">
            <path class="curve curve-baseline curve-training" d="M2 6H34" />
          </svg>
          thin: on the training points, wrong labels and all
        </li>
      </ul>
      <div class="charts-row">
        <Chart frame={frame} kind={accuracyKind} caption="Accuracy by epoch, on held-out points." />
        <Chart
          frame={frame}
          kind={lossKind}
          caption={`Loss by epoch: cross-entropy in nats, on plain points for both; cut off above ${highestLoss}.`}
        />
      </div>
      <div class="buttons">
        <Button disabled={!frame || !onSave} onPress={() => onSave?.()}>
          Download JSON
        </Button>
      </div>
    </section>
  );
}

interface ChartProps {
  readonly frame: Frame | undefined;
  readonly kind: CurveKind;
  readonly caption: string;
}

function Chart({ frame, kind, caption }: ChartProps) {
  const picture = useMemo(() => frame && curvesSvg(frame, kind), [frame, kind]);
  return <Figure picture={picture} caption={caption} ratio={400 / 250} data={() => curveTable(frame as Frame, kind)} />;
}

function curveTable({ epoch, arms }: Frame, { title, training, heldOut }: CurveKind): TableData {
  const stride = Math.max(1, Math.ceil((epoch + 1) / mostRows));
  const epochs = Array.from({ length: epoch + 1 }, (_, i) => i).filter((i) => i % stride === 0 || i === epoch);
  const write = (value: number) => (heldOut === 'heldOutAccuracy' ? percent(value) : value.toPrecision(4));
  return {
    caption: `${title} by epoch`,
    columns: ['Epoch', ...armNames.flatMap((name) => [`${name}, held out`, `${name}, training`])],
    rows: epochs.map((i) => [
      i,
      ...armNames.flatMap((name) => {
        const { history } = arms[name];
        return [write(history[heldOut][i] as number), write(history[training][i] as number)];
      }),
    ]),
  };
}
