/** The key of the pictures: which shape is which class, and of which class the next point is. */
import { shapeCorners } from './marks.ts';

interface ClassKeyProps {
  readonly classNames: readonly string[];
  readonly value: number;
  readonly onCommit: (label: number) => void;
}

export function ClassKey({ classNames, value, onCommit }: ClassKeyProps) {
  return (
    <fieldset class="class-key">
      <legend>Click a picture, or press Enter in it, to add a point of</legend>
      {classNames.map((name, label) => (
        <label key={name} class="choice">
          <input type="radio" name="class" checked={label === value} onChange={() => onCommit(label)} />
          <Mark label={label} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The shape of a class, beside its name. */
function Mark({ label }: { readonly label: number }) {
  const corners = shapeCorners(label, 8, 8, 5.5);
  return (
    <svg class={`mark mark-${label}`} viewBox="0 0 16 16" aria-hidden="true">
      {corners.length === 0 ? <circle cx="8" cy="8" r="5.5" /> : <polygon points={corners.join(' ')} />}
    </svg>
  );
}

/** What else is in the pictures. */
export function MarkKey({ wrong, added }: { readonly wrong: boolean; readonly added: boolean }) {
  return (
    <ul class="mark-key">
      {wrong && (
        <li>
          <svg class="mark mark-0 mark-hollow" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="5" />
          </svg>
          hollow: a wrong label
        </li>
      )}
      {added && (
        <li>
          <svg class="mark mark-0 mark-added" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="6" />
          </svg>
          with an edge: added
        </li>
      )}
      <li>
        <svg class="mark mark-mixed" viewBox="0 0 16 16" aria-hidden="true">
          <path class="mark-0" d="M8 8V2A6 6 0 1 1 3.15 11.5Z" />
          <path class="mark-1" d="M8 8 3.15 11.5A6 6 0 0 1 8 2Z" />
          <circle cx="8" cy="8" r="6" />
        </svg>
        parted: mixed of two, as is its label
      </li>
    </ul>
  );
}
