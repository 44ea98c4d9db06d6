/** Pictures in Node: a document to draw plots with, and PNG from SVG. The libraries are loaded at the first use. */
import { createRequire } from 'node:module';
import type { PlotDocument } from '../svg.ts';

/** Create a document to draw plots with, where there is no browser. */
export async function createDocument(): Promise<PlotDocument> {
  return (await import('./plots.ts')).createDocument();
}

/** Load what draws and what renders, as `writeResults` would: ahead of it, while other threads compute. */
export async function loadPictures(): Promise<void> {
  await Promise.all([createDocument(), import('@resvg/resvg-js')]);
}

export interface PngOptions {
  /** Pixels of the PNG for one of the SVG, in (0, 8], default 2. */
  readonly scale?: number;
}

/**
 * Render SVG to PNG, with a font that comes along: no font of the machine is looked at, so pictures do not depend on it.
 *
 * @returns the bytes of a PNG file
 * @throws RangeError when `scale` is out of range
 * @throws TypeError when `svg` is no SVG
 */
export async function renderPng(svg: string, options: PngOptions = {}): Promise<Uint8Array> {
  return (await loadRenderer())(svg, options);
}

/** Load what renders. What it gives is `renderPng`, whose work on another thread has begun when the call returns. */
export async function loadRenderer(): Promise<typeof renderPng> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'DejaVu Sans' };
  return async (svg, { scale = 2 } = {}) => {
    if (!(scale > 0 && scale <= 8)) throw new RangeError(`renderPng: scale must be in (0, 8], got ${scale}`);
    try {
      const image = await renderAsync(svg, { fitTo: { mode: 'zoom', value: scale }, font });
      return image.asPng();
    } catch (error) {
      throw new TypeError(`renderPng: svg must be SVG, got ${JSON.stringify(svg.slice(0, 40))}`, { cause: error });
    }
  };
}

function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => resolve(`dejavu-fonts-ttf/ttf/${name}`));
}
