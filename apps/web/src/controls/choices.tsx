/** Choices: any of a few, as check boxes. */
import type { ComponentChildren } from 'preact';

interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly values: readonly T[];
  /** What each is called, by its value. */
  readonly options: Readonly<Record<T, ComponentChildren>>;
  /** Fewer than this can't be chosen: the last ones stay. */
  readonly least?: number;
  readonly onCommit: (values: T[]) => void;
}

export function Choices<T extends string>({ label, values, options, least = 0, onCommit }: ChoicesProps<T>) {
  const names = Object.keys(options) as T[];
  const toggle = (name: T, on: boolean) =>
    onCommit(names.filter((other) => (other === name ? on : values.includes(other))));
  return (
    <fieldset class="control choices">
      <legend>{label}</legend>
      {names.map((name) => {
        const on = values.includes(name);
        return (
          <label key={name} class="choice">
            <input
              type="checkbox"
              checked={on}
              disabled={on && values.length <= least}
              onChange={(event) => toggle(name, event.currentTarget.checked)}
            />
            <span>{options[name]}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
