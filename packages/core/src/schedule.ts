/** Schedules: how strong mixing is at a step of training, as plain data. */

/**
 * A value over training: points of (epoch, value), straight lines between them, constant before and after.
 *
 * Two points at one epoch are a jump; from that epoch on the second holds. As plain data it goes through JSON and to a worker
 * unchanged, and what it says depends on the epoch and the step alone: there is no switch that a worker could miss.
 *
 * @example
 * const p: Schedule = [[0, 0], [5, 1], [90, 1], [90, 0]]; // warm up over 5 epochs, off from epoch 90 on
 * const method = mixup({ alpha: 0.2, p: scheduleValue(p, epoch, step / steps) });
 */
export type Schedule = readonly (readonly [epoch: number, value: number])[];

/**
 * Read a schedule.
 *
 * @param epoch an integer >= 0, the first is 0
 * @param progress how much of the epoch is over, in [0, 1), as step / steps; default 0, so that an epoch has one value
 * @throws RangeError when `epoch` or `progress` is out of range, there is no point, or points are not finite and in order
 */
export function scheduleValue(schedule: Schedule, epoch: number, progress = 0): number {
  if (!(Number.isInteger(epoch) && epoch >= 0)) {
    throw new RangeError(`scheduleValue: epoch must be an integer >= 0, got ${epoch}`);
  }
  if (!(progress >= 0 && progress < 1)) {
    throw new RangeError(`scheduleValue: progress must be in [0, 1), got ${progress}`);
  }
  checkSchedule(schedule, 'scheduleValue');
  const time = epoch + progress;
  // The last point that is not after `time`: of a jump, the second.
  let before = -1;
  while (before + 1 < schedule.length && (schedule[before + 1]?.[0] as number) <= time) before++;
  const point = schedule[Math.max(before, 0)] as Point;
  const next = schedule[before + 1];
  return before < 0 || !next ? point[1] : between(point, next, time);
}

/**
 * Make the schedule that rises from 0 to `value` over the first epochs.
 *
 * @param epochs >= 0; with 0 it is `value` from the start
 * @throws RangeError when `epochs` is out of range, or `value` is not finite
 */
export function warmUp(epochs: number, value = 1): Schedule {
  return line('warmUp', 0, value, epochs);
}

/**
 * Make the schedule that goes from one value to another, over all epochs: an alpha ramp.
 *
 * @param epochs > 0; the second value is reached when they are over
 * @throws RangeError when `epochs` is out of range, or a value is not finite
 */
export function ramp(from: number, to: number, epochs: number): Schedule {
  if (!(epochs > 0)) throw new RangeError(`ramp: epochs must be > 0, got ${epochs}`);
  return line('ramp', from, to, epochs);
}

/**
 * Cut a schedule off: 0 for the last epochs.
 *
 * @param epochs how many there are, an integer >= 0
 * @param last how many of them are off, an integer in [0, epochs]
 * @param schedule what holds before; default 1
 */
export function offForLast(epochs: number, last: number, schedule: Schedule = [[0, 1]]): Schedule {
  if (!(Number.isInteger(epochs) && epochs >= 0 && Number.isInteger(last) && last >= 0 && last <= epochs)) {
    throw new RangeError(`offForLast: last must be an integer in [0, epochs], got ${last} of ${epochs}`);
  }
  const off = epochs - last;
  if (last === 0) return checkSchedule(schedule, 'offForLast');
  if (off === 0) return [[0, 0]];
  checkSchedule(schedule, 'offForLast');
  const kept = schedule.filter(([epoch]) => epoch < off);
  const next = schedule.find(([epoch]) => epoch >= off);
  const previous = kept.at(-1) ?? next;
  // What the schedule is about to say at the cut.
  const held = previous && next && previous !== next ? between(previous, next, off) : (previous?.[1] as number);
  return [...kept, [off, held], [off, 0]];
}

type Point = Schedule[number];

/** The value at `time` on the line from one point to a later one. */
function between(before: Point, after: Point, time: number): number {
  const share = (time - before[0]) / (after[0] - before[0]);
  return (1 - share) * before[1] + share * after[1];
}

function line(name: string, from: number, to: number, epochs: number): Schedule {
  const points: Schedule = [
    [0, from],
    [epochs, to],
  ];
  return checkSchedule(points, name);
}

function checkSchedule(schedule: Schedule, name: string): Schedule {
  const rule = `${name}: a schedule must be a list of [epoch, value], got`;
  if (!Array.isArray(schedule)) throw new TypeError(`${rule} ${String(schedule)}`);
  if (schedule.length === 0) throw new RangeError(`${name}: a schedule must have a point, got none`);
  for (const [i, point] of schedule.entries()) {
    if (!Array.isArray(point)) throw new TypeError(`${rule} ${String(point)} at ${i}`);
    const [epoch, value] = point;
    if (!(epoch >= (schedule[i - 1]?.[0] ?? 0) && Number.isFinite(epoch) && Number.isFinite(value))) {
      throw new RangeError(
        `${name}: points must be finite, their epochs >= 0 and ascending, got [${epoch}, ${value}] at ${i}`,
      );
    }
  }
  return schedule;
}
