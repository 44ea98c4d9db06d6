/** Colours: whether a stream gets any, and whose is which. */
import type { ArmName } from '@mixup/experiments';
import { createColors } from 'picocolors';

/** The painters of one stream: each adds escape codes, or nothing where there is to be no colour. */
export type Colours = ReturnType<typeof createColors>;

/** What decides: the environment, and whether a person is watching. */
export interface ColourOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTTY: boolean;
}

/**
 * Choose the colours of a stream.
 *
 * NO_COLOR (any value but the empty one) turns them off, else FORCE_COLOR turns them on (0 and false: off), else a
 * terminal has them unless it is a dumb one.
 *
 * @see https://no-color.org and https://force-color.org
 */
export function chooseColours({ env, isTTY }: ColourOptions): Colours {
  return createColors(wanted(env, isTTY));
}

function wanted({ NO_COLOR, FORCE_COLOR, TERM }: ColourOptions['env'], isTTY: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY && TERM !== 'dumb';
}

/** Paint in the colour of an arm: hues that are legible on dark and on light. */
export function paintArm(colours: Colours, arm: ArmName): (text: string) => string {
  switch (arm) {
    case 'baseline':
      return colours.cyan;
    case 'append':
      return colours.magenta;
    case 'duplicate':
      return colours.green;
    case 'batch':
      return colours.yellow;
    // Shades of those above for what is seldom beside them; the strokes differ.
    case 'cutmix':
      return colours.blue;
    case 'manifold':
      return colours.red;
    case 'regmixup':
      return colours.cyanBright;
    case 'remix':
      return colours.magentaBright;
    default:
      return arm satisfies never;
  }
}
