/** Pairings by class: only within a class, or only across classes. */
import { checkClassIds } from './class-ids.ts';
import { checkIndex, type Pairing } from './pairing.ts';
import { withSource } from './source-rows.ts';

/**
 * Create the pairing of each row with another of its class, each equally likely.
 *
 * Partners come from the whole source. A row that is alone in its class meets itself, so it is not mixed.
 *
 * @param classes [rows] the class of every row of the source, an integer >= 0
 * @throws RangeError when a class is no such integer; when drawing, for a row that is not there
 */
export function sameClassPairing(classes: ArrayLike<number>): Pairing {
  const { order, start, end, place } = groupClasses(classes, 'sameClassPairing');
  const pairing: Pairing = (random, index) => {
    checkIndex(index, classes.length, 'sameClassPairing');
    return index.map((row) => {
      const from = start[row] as number;
      const others = (end[row] as number) - from - 1;
      if (others === 0) return row;
      const drawn = from + Math.floor(random() * others);
      return order[drawn < (place[row] as number) ? drawn : drawn + 1] as number;
    });
  };
  return withSource(pairing, [{ rows: classes.length }], 'sameClassPairing');
}

/**
 * Create the pairing of each row with a row of another class, each such row equally likely.
 *
 * @param classes [rows] the class of every row of the source, an integer >= 0
 * @throws RangeError when there is one class only, or a class is no such integer; when drawing, for a row that is not there
 */
export function otherClassPairing(classes: ArrayLike<number>): Pairing {
  const { order, start, end } = groupClasses(classes, 'otherClassPairing');
  if (start.length > 0 && (end[0] as number) - (start[0] as number) === start.length) {
    throw new RangeError('otherClassPairing: classes must be two or more, got one');
  }
  const pairing: Pairing = (random, index) => {
    checkIndex(index, classes.length, 'otherClassPairing');
    return index.map((row) => {
      const from = start[row] as number;
      const size = (end[row] as number) - from;
      const drawn = Math.floor(random() * (order.length - size));
      return order[drawn < from ? drawn : drawn + size] as number;
    });
  };
  return withSource(pairing, [{ rows: classes.length }], 'otherClassPairing');
}

/** Rows in the order of their classes; for each row its place there, and where its class starts and ends. */
function groupClasses(classes: ArrayLike<number>, name: string) {
  checkClassIds(classes, name, 'classes');
  const rows = classes.length;
  const order = Int32Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => (classes[a] as number) - (classes[b] as number),
  );
  const [start, end, place] = [new Int32Array(rows), new Int32Array(rows), new Int32Array(rows)];
  for (let from = 0, to = 0; from < rows; from = to) {
    while (to < rows && classes[order[to] as number] === classes[order[from] as number]) to++;
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      start[row] = from;
      end[row] = to;
      place[row] = i;
    }
  }
  return { order, start, end, place };
}
