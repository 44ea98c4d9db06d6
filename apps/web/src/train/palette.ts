/** Palettes: the colours of the page's theme, as a canvas needs them. */

export type Rgb = readonly [red: number, green: number, blue: number];

export interface Palette {
  readonly paper: Rgb;
  readonly ink: Rgb;
  readonly muted: Rgb;
  /** By class. */
  readonly classes: readonly Rgb[];
}

/** Read the colours that hold within an element. */
export function readPalette(within: Element): Palette {
  const probe = within.ownerDocument.createElement('span');
  const canvas = within.ownerDocument.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  within.append(probe);
  const read = (token: string): Rgb => {
    probe.style.color = `var(${token})`;
    // The canvas knows every way in which a browser may write a colour.
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
  const palette = {
    paper: read('--paper'),
    ink: read('--ink'),
    muted: read('--muted'),
    classes: [0, 1, 2, 3].map((id) => read(`--class-${id}`)),
  };
  probe.remove();
  return palette;
}

/** Write a colour as CSS has it. */
export function toCss([red, green, blue]: Rgb, opacity = 1): string {
  return `rgb(${red} ${green} ${blue} / ${opacity})`;
}
