/** What a blend is made of, in two short lines. */
import type { MixedItem } from './batch.ts';

export function Shares({ lambda, first, second }: Pick<MixedItem, 'lambda' | 'first' | 'second'>) {
  return (
    <>
      {lambda.toFixed(2)} of {first}
      <br />
      {(1 - lambda).toFixed(2)} of {second}
    </>
  );
}
