/** The picture of a panel: a surface, its borders, the points, what was mixed, and the cursor. */
import type { Segment } from './contour.ts';
import { type ArmFrame, type Domain, type MixedPoint, type Scene, surfaceSize } from './frame.ts';
import { traceShape } from './marks.ts';
import { type Palette, toCss } from './palette.ts';
import { colourSurface, traceBorders, traceSure } from './surface.ts';

export interface Place {
  readonly x: number;
  readonly y: number;
}

interface PanelPicture {
  readonly scene: Scene;
  readonly arm: ArmFrame;
  readonly mixed: readonly MixedPoint[];
  readonly cursor: Place | undefined;
  readonly palette: Palette;
}

/** From places of the data to shares of the picture, from the upper left corner. */
export function toShare({ x, y }: Domain, place: Place): Place {
  return { x: (place.x - x[0]) / (x[1] - x[0]), y: (y[1] - place.y) / (y[1] - y[0]) };
}

/** And back. */
export function fromShare({ x, y }: Domain, share: Place): Place {
  return { x: x[0] + share.x * (x[1] - x[0]), y: y[1] - share.y * (y[1] - y[0]) };
}

/**
 * Draw a panel.
 *
 * @param canvas whose units are pixels of the page
 * @param size width and height, in those
 */
export function drawPanel(canvas: CanvasRenderingContext2D, size: number, picture: PanelPicture): void {
  const { scene, arm, mixed, cursor, palette } = picture;
  const at = (place: Place) => {
    const share = toShare(scene.domain, place);
    return { x: share.x * size, y: share.y * size };
  };
  drawSurface(canvas, size, arm.surface, palette);
  const radius = Math.max(2.6, size / 95);
  for (const point of scene.points) {
    const { x, y } = at(point);
    const colour = toCss(palette.classes[point.label] as never);
    const isWrong = point.kind === 'wrong';
    traceShape(canvas, point.label, x, y, point.kind === 'added' ? radius * 1.35 : radius);
    canvas.lineWidth = isWrong ? radius / 2.2 : point.kind === 'added' ? 2 : 1;
    canvas.fillStyle = isWrong ? toCss(palette.paper) : colour;
    canvas.strokeStyle = isWrong ? colour : toCss(point.kind === 'added' ? palette.ink : palette.paper);
    canvas.fill();
    canvas.stroke();
  }
  for (const point of mixed)
    drawMixed(canvas, { ...point, ...at(point) }, at(point.from), at(point.to), radius, palette);
  if (cursor) drawCursor(canvas, at(cursor), palette);
}

function drawSurface(canvas: CanvasRenderingContext2D, size: number, surface: Float32Array, palette: Palette): void {
  const small = new OffscreenCanvas(surfaceSize, surfaceSize);
  small.getContext('2d')?.putImageData(colourSurface(surface, palette), 0, 0);
  canvas.imageSmoothingEnabled = true;
  canvas.imageSmoothingQuality = 'high';
  // The middle of the first pixel is the edge of the picture.
  const inner = surfaceSize - 1;
  canvas.drawImage(small, 0.5, 0.5, inner, inner, 0, 0, size, size);
  const line = (segments: readonly Segment[], width: number, colour: string) => {
    canvas.beginPath();
    for (const [x1, y1, x2, y2] of segments) {
      canvas.moveTo((x1 / inner) * size, (y1 / inner) * size);
      canvas.lineTo((x2 / inner) * size, (y2 / inner) * size);
    }
    canvas.lineWidth = width;
    canvas.lineCap = 'round';
    canvas.strokeStyle = colour;
    canvas.stroke();
  };
  line(traceSure(surface), 1, toCss(palette.ink, 0.35));
  line(traceBorders(surface), 2.25, toCss(palette.ink, 0.85));
}

/** A mixed row: a disc whose parts are its label, on the line between the two that it is made of. */
function drawMixed(
  canvas: CanvasRenderingContext2D,
  { x, y, lambda, from, to }: MixedPoint,
  start: Place,
  end: Place,
  radius: number,
  { ink, classes }: Palette,
): void {
  canvas.lineWidth = 1;
  canvas.strokeStyle = toCss(ink, 0.4);
  canvas.beginPath();
  canvas.moveTo(start.x, start.y);
  canvas.lineTo(end.x, end.y);
  canvas.stroke();
  const top = -Math.PI / 2;
  const turn = top + 2 * Math.PI * lambda;
  for (const [label, begin, stop] of [
    [from.label, top, turn],
    [to.label, turn, top + 2 * Math.PI],
  ] as const) {
    canvas.beginPath();
    canvas.moveTo(x, y);
    canvas.arc(x, y, radius * 1.25, begin, stop);
    canvas.closePath();
    canvas.fillStyle = toCss(classes[label] as never);
    canvas.fill();
  }
  canvas.beginPath();
  canvas.arc(x, y, radius * 1.25, 0, 2 * Math.PI);
  canvas.lineWidth = 1.5;
  canvas.strokeStyle = toCss(ink);
  canvas.stroke();
}

function drawCursor(canvas: CanvasRenderingContext2D, { x, y }: Place, { ink, paper }: Palette): void {
  for (const [width, colour] of [
    [4, toCss(paper)],
    [1.5, toCss(ink)],
  ] as const) {
    canvas.beginPath();
    canvas.moveTo(x - 11, y);
    canvas.lineTo(x + 11, y);
    canvas.moveTo(x, y - 11);
    canvas.lineTo(x, y + 11);
    canvas.lineWidth = width;
    canvas.strokeStyle = colour;
    canvas.stroke();
  }
}
