/** Classes: the values of a target that is not blended, where one class may be written in more ways than one. */
import type { ColumnSchema } from '@mixup/core/table';

export interface Classes {
  /** Numbers by size, all else as texts. */
  readonly names: readonly string[];
  /** @returns the name of the class of a value, as the file has it */
  nameOf(value: string): string;
}

export interface ClassCollection {
  add(value: string): void;
  /**
   * Take the values for classes: spaces around them never count, nor does the form of a number where all are whole (1, 1.0).
   *
   * In other columns it does: Python 3.1 is not Python 3.10.
   *
   * @param kind what the column was inferred as
   * @returns the classes; of more than `most`, one more than that
   */
  classes(kind: ColumnSchema['kind'] | undefined): Classes;
}

/** @param most classes that are kept, an integer >= 1; one more shows that there are too many */
export function createClassCollection(most: number): ClassCollection {
  const texts = new Set<string>();
  const numbers = new Set<string>();
  return {
    add: (value) => {
      const text = trimmed(value);
      if (texts.size <= most) texts.add(text);
      if (numbers.size <= most) numbers.add(numberOf(text));
    },
    classes: (kind) => {
      // As long as each number has one form, that is its name.
      const [names, nameOf] =
        kind === 'integer' && numbers.size < texts.size ? [numbers, numberOf] : ([texts, trimmed] as const);
      const bySize = kind !== 'categorical';
      const order = (a: string, b: string) => (bySize ? Number(a) - Number(b) : 0) || (a < b ? -1 : 1);
      return { names: [...names].sort(order), nameOf };
    },
  };
}

function trimmed(value: string): string {
  return value.trim();
}

function numberOf(value: string): string {
  return String(Number(value));
}
