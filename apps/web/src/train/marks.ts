/** Marks: a shape for each class, so that colour is never all there is. */

/** A circle, a square, a triangle, a diamond: corners about the origin, each as large as a circle of radius 1. */
const corners: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [-1, 1].flatMap((y) => [-1, 1].map((x) => [0.88 * x * -y, 0.88 * y] as const)),
  [
    [0, -1.25],
    [1.12, 0.8],
    [-1.12, 0.8],
  ],
  [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
];

/** Corners of the shape of a class in a picture; none for a circle. */
export function shapeCorners(label: number, x: number, y: number, radius: number): (readonly [number, number])[] {
  return (corners[label] ?? []).map(([dx, dy]) => [x + radius * dx, y + radius * dy] as const);
}

/** Put the shape of a class on a canvas, as its current path. */
export function traceShape(
  canvas: CanvasRenderingContext2D,
  label: number,
  x: number,
  y: number,
  radius: number,
): void {
  canvas.beginPath();
  const around = shapeCorners(label, x, y, radius);
  if (around.length === 0) canvas.arc(x, y, radius, 0, 2 * Math.PI);
  for (const [px, py] of around) canvas.lineTo(px, py);
  canvas.closePath();
}
