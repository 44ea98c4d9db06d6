/** One small batch under every pairing: above the rows, below those they meet. */
import type { Dataset } from '@mixup/datasets';
import { useMemo } from 'preact/hooks';
import { DataTable } from '../figure/data-table.tsx';
import { ClassMark, Legend } from './marks.tsx';
import { drawMeetings, type Meetings, smallBatch } from './meetings.ts';
import { type PairingName, type PairingSource, pairingNames, pairingTexts } from './pairings.ts';
import { isPictures } from './sources.ts';

interface PairingDiagramsProps {
  readonly dataset: Dataset;
  readonly seed: number;
  /** The pairing in use. */
  readonly chosen: PairingName;
}

export function PairingDiagrams({ dataset, seed, chosen }: PairingDiagramsProps) {
  const source = useMemo(() => smallBatch(dataset, seed), [dataset, seed]);
  const all = useMemo(() => pairingNames.map((name) => ({ name, ...meet(name, source, seed) })), [source, seed]);
  const names = Array.from(source.labels, (label) => dataset.classNames[label] as string);
  const asText = isPictures(dataset);
  return (
    <figure class="figure">
      {!asText && <Legend classNames={dataset.classNames} />}
      <ul class="diagrams">
        {all.map(({ name, meetings, refused }) => (
          <li key={name} class="diagram" data-chosen={name === chosen}>
            <h3>
              {pairingTexts[name].title}
              {name === chosen && <span class="diagram-chosen"> in use</span>}
            </h3>
            {meetings ? (
              <Diagram
                title={pairingTexts[name].title}
                meetings={meetings}
                source={source}
                names={names}
                text={asText}
              />
            ) : (
              <p class="refused">This batch can’t be paired so: {refused}.</p>
            )}
            <p>{pairingTexts[name].does}</p>
            {meetings && (
              <p class="diagram-count">
                {meetings.selves} of {names.length} meet themselves, {meetings.sameClass} another of their class.
              </p>
            )}
          </li>
        ))}
      </ul>
      <figcaption>
        The same {names.length} rows each time: above each row, below its partner. Lines: whole to another class, dashed
        within a class, dotted to itself.
      </figcaption>
      <details class="gallery-data">
        <summary>Show the data</summary>
        <DataTable
          caption="The partner of each row, by its place in the batch and its class"
          columns={['Row', ...pairingNames.map((name) => pairingTexts[name].title)]}
          rows={names.map((own, i) => [
            `${i + 1}: ${own}`,
            ...all.map(({ meetings }) => {
              const other = meetings?.partner[i];
              return other === undefined ? '–' : `${other + 1}: ${names[other]}`;
            }),
          ])}
        />
      </details>
    </figure>
  );
}

function meet(name: PairingName, source: PairingSource, seed: number) {
  try {
    return { meetings: drawMeetings(name, source, seed) };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

interface DiagramProps {
  readonly title: string;
  readonly meetings: Meetings;
  readonly source: PairingSource;
  /** [rows] the class of each */
  readonly names: readonly string[];
  /** Whether classes are written, instead of marked. */
  readonly text: boolean;
}

const step = 22;
const height = 104;

function Diagram({ title, meetings: { partner }, source: { labels }, names, text }: DiagramProps) {
  const x = (place: number) => step * (place + 0.5);
  const said = Array.from(partner, (other, i) => `${i + 1} (${names[i]}) meets ${other + 1} (${names[other]})`);
  const node = (place: number, y: number) =>
    text ? (
      <text x={x(place)} y={y + 5} text-anchor="middle">
        {names[place]}
      </text>
    ) : (
      <ClassMark label={labels[place] as number} x={x(place)} y={y} />
    );
  return (
    <svg viewBox={`0 0 ${step * names.length} ${height}`} role="img" aria-label={`${title}: ${said.join(', ')}`}>
      {Array.from(partner, (other, i) => (
        <line
          key={i}
          x1={x(i)}
          y1={22}
          x2={x(other)}
          y2={height - 22}
          class={other === i ? 'to-self' : labels[other] === labels[i] ? 'to-same' : 'to-other'}
        />
      ))}
      {names.map((_, i) => (
        <g key={i}>
          {node(i, 11)}
          {node(i, height - 11)}
        </g>
      ))}
    </svg>
  );
}
