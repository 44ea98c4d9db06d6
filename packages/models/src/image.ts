/** Images as rows: what the boxes of a plan (CutMix, ResizeMix) are cut from. */
import { checkBoxes, type MixPlan, type Rows } from '@mixup/core';

/** [height, width, channels] */
export type ImageShape = readonly [number, number, number];

/** @returns the form of one row of shape [rows, height, width, channels], undefined for rows of another rank */
export function imageShapeOf({ shape: [, ...item] }: Rows): ImageShape | undefined {
  return item.length === 3 ? (item as [number, number, number]) : undefined;
}

/**
 * Check that the boxes of a plan, if it has any, can be applied.
 *
 * @param image the form of the rows that were loaded
 * @param layers [steps] where the steps mix; undefined when all do at the input
 * @throws RangeError when the rows are no images, a box does not fit them, or a hidden layer is to be mixed
 */
export function checkBoxedPlan(plan: MixPlan, image: ImageShape | undefined, layers: Int32Array | undefined): void {
  if (!plan.box) return;
  if (!image) {
    throw new RangeError(
      'train: a plan with boxes must be for data loaded as images of shape [rows, height, width, channels], got flat rows',
    );
  }
  const layer = layers?.find((each) => each > 0);
  if (layer !== undefined) {
    throw new RangeError(`train: a plan with boxes must be mixed at layer 0, the input, got ${layer}`);
  }
  const [height, width] = image;
  checkBoxes(plan, { height, width }, 'train');
}
