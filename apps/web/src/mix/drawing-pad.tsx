/** A pad to draw a digit on: by mouse, by finger, and by keys. */
import { useRef, useState } from 'preact/hooks';
import { Button } from '../controls/button.tsx';
import { Select } from '../controls/select.tsx';
import type { Change } from '../link/history.ts';
import { type Drawing, dab, fullInk, pixelsOf, setPixel, side } from './drawing.ts';

interface DrawingPadProps {
  readonly drawing: Drawing;
  /** The class that it is said to be of. */
  readonly drawn: number;
  readonly onDraw: (drawing: Drawing, how: Change) => void;
  readonly onName: (drawn: number) => void;
}

const digitNames = Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [String(digit), String(digit)]));

export function DrawingPad({ drawing, drawn, onDraw, onName }: DrawingPadProps) {
  const pad = useRef<HTMLTableElement>(null);
  const [cursor, setCursor] = useState(0);
  /** What is drawn so far in a stroke; events may come faster than pictures. */
  const stroke = useRef<Drawing | undefined>(undefined);

  const pixelAt = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = (pad.current as HTMLTableElement).getBoundingClientRect();
    const x = Math.floor((side * (clientX - left)) / width);
    const y = Math.floor((side * (clientY - top)) / height);
    return x >= 0 && x < side && y >= 0 && y < side ? y * side + x : undefined;
  };
  const draw = (event: PointerEvent) => {
    const at = pixelAt(event);
    if (stroke.current === undefined || at === undefined) return;
    stroke.current = dab(stroke.current, at);
    onDraw(stroke.current, 'drag');
  };
  const press = (event: KeyboardEvent) => {
    const [x, y] = [cursor % side, Math.floor(cursor / side)];
    const go = (toX: number, toY: number) => {
      const at = Math.max(0, Math.min(side - 1, toY)) * side + Math.max(0, Math.min(side - 1, toX));
      setCursor(at);
      (pad.current?.querySelectorAll('[role=gridcell]')[at] as HTMLElement | undefined)?.focus();
    };
    const ink = drawing[cursor] ?? 0;
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => go(x - 1, y),
      ArrowRight: () => go(x + 1, y),
      ArrowUp: () => go(x, y - 1),
      ArrowDown: () => go(x, y + 1),
      Home: () => go(0, y),
      End: () => go(side - 1, y),
      ' ': () => onDraw(setPixel(drawing, cursor, ink >= fullInk ? 0 : fullInk), 'commit'),
      '+': () => onDraw(setPixel(drawing, cursor, ink + 4), 'commit'),
      '-': () => onDraw(setPixel(drawing, cursor, ink - 4), 'commit'),
      Delete: () => onDraw(setPixel(drawing, cursor, 0), 'commit'),
    };
    const does = keys[event.key];
    if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    does();
  };
  const pixels = pixelsOf(drawing);
  return (
    <div class="drawing">
      <table
        ref={pad}
        class="pad"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid of the ARIA practices, in a table
        role="grid"
        aria-label="Drawing pad, 8 by 8 pixels"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          stroke.current = drawing;
          draw(event);
        }}
        onPointerMove={draw}
        onPointerUp={() => {
          if (stroke.current) onDraw(stroke.current, 'commit');
          stroke.current = undefined;
        }}
        onPointerCancel={() => {
          stroke.current = undefined;
        }}
        onKeyDown={press}
      >
        <tbody>
          {Array.from({ length: side }, (_, y) => (
            <tr key={y}>
              {pixels.slice(side * y, side * (y + 1)).map((ink, x) => (
                <td
                  key={x}
                  // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of that grid
                  role="gridcell"
                  tabIndex={cursor === side * y + x ? 0 : -1}
                  class="pad-pixel"
                  aria-label={`row ${y + 1}, column ${x + 1}: ink ${ink} of ${fullInk}`}
                  style={{ '--share': `${(100 * ink) / fullInk}%` }}
                  onFocus={() => setCursor(side * y + x)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="control-hint">
        It takes the place of the first digit. Draw by mouse or finger. By keys: arrows move, space inks, + and − shade,
        Delete wipes.
      </p>
      <Select
        label="What it is"
        value={String(drawn)}
        options={digitNames}
        onCommit={(digit) => onName(Number(digit))}
      />
      <div class="buttons">
        <Button disabled={drawing.length === 0} onPress={() => onDraw([], 'commit')}>
          Wipe it
        </Button>
      </div>
    </div>
  );
}
