/** Screens: a stream, and what it can show. */
import type { Colours } from './colours.ts';

export interface Screen {
  write(text: string): void;
  /** Whether a person is watching. */
  readonly isTTY: boolean;
  /** Characters across, >= 40; asked for at each drawing, for windows change. */
  width(): number;
  readonly colours: Colours;
}
