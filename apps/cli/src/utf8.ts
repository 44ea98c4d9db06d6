/** UTF-8: bytes that are checked on their way. */
import { isUtf8 } from 'node:buffer';

/**
 * Pass bytes on as long as they are UTF-8: what is decoded otherwise has one sign for all that it does not know, and
 * different values become one.
 *
 * @param refuse makes the error, from the bytes at the place and whether they are the first ones
 */
export async function* checkUtf8(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  refuse: (bytes: Buffer, first: boolean) => Error | Promise<Error>,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = lastBoundary(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw await refuse(whole, first);
    rest = bytes.subarray(end);
    if (end > 0) yield whole;
    first &&= end === 0;
  }
  if (!isUtf8(rest)) throw await refuse(rest, first);
  if (rest.length > 0) yield rest;
}

/** Where the last character begins if it may go on in the next chunk, of which there are at most three bytes here. */
function lastBoundary(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= 0 && at >= bytes.length - 3; at--) {
    if ((bytes[at] as number) >= 0xc0) return at;
  }
  return bytes.length;
}
