/** Selects: one of a few. */
import { useId } from 'preact/hooks';

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  /** What each is called, by its value. */
  readonly options: Readonly<Record<T, string>>;
  readonly onCommit: (value: T) => void;
  readonly hint?: string | undefined;
  readonly disabled?: boolean;
}

export function Select<T extends string>({ label, value, options, onCommit, hint, disabled }: SelectProps<T>) {
  const id = useId();
  return (
    <div class="control">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="field"
        value={value}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onCommit(event.currentTarget.value as T)}
      >
        {(Object.entries(options) as [T, string][]).map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p class="control-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
