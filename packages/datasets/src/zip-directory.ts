/** The directory of a ZIP archive: what is in there to tell a damaged file by, and fflate, which unpacks it, passes over. */

/** What begins each part, as little-endian numbers: "PK" and a number of its own. */
const signature = { entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 } as const;

/** Bytes of the end without the comment, of a directory entry and of a file's own header without their names. */
const sizes = { end: 22, locator64: 20, entry: 46, header: 30 } as const;

const longestComment = 2 ** 16 - 1;

/**
 * Read the CRC-32 of each file of an archive.
 *
 * @param bytes of the whole archive
 * @returns in the order of the directory: that in which `unzipSync` asks its filter
 * @throws RangeError when something follows the end, the directory is not as long as its end says, or a file is called
 *   otherwise in its own header
 * @see PKWARE, "APPNOTE: .ZIP File Format Specification", sections 4.3.7, 4.3.12, 4.3.14 and 4.3.16
 */
export function readChecksums(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u16 = (at: number) => view.getUint16(at, true);
  const u32 = (at: number) => view.getUint32(at, true);

  const sameBytes = (one: number, other: number, length: number) =>
    bytes.subarray(one, one + length).every((byte, i) => byte === bytes[other + i]);

  let end = bytes.length - sizes.end;
  const first = Math.max(0, end - longestComment);
  while (end >= first && u32(end) !== signature.end) end--;
  if (end < first) throw new RangeError('it has no directory');
  const rest = bytes.length - (end + sizes.end + u16(end + 20));
  if (rest > 0) throw new RangeError(`it has ${rest} bytes after its end`);
  // Of archives of more than 65535 files or 4 GiB, a larger end stands before the other.
  const is64 = end >= sizes.locator64 && u32(end - sizes.locator64) === signature.locator64;
  const last = is64 ? u32(end - sizes.locator64 + 8) : end;
  if (is64 && u32(last) !== signature.end64) throw new RangeError('its directory is damaged');
  const [count, start] = is64 ? [u32(last + 32), u32(last + 48)] : [u16(end + 8), u32(end + 16)];

  const checksums: number[] = [];
  let at = start;
  while (at < last) {
    if (u32(at) !== signature.entry) throw new RangeError('its directory is damaged');
    const nameLength = u16(at + 28);
    const header = u32(at + 42);
    // Beyond 4 GiB the place of the header stands elsewhere.
    if (header !== 0xffffffff) {
      const isSame = u16(header + 26) === nameLength && sameBytes(at + sizes.entry, header + sizes.header, nameLength);
      if (!isSame) throw new RangeError('a file has another name in its directory');
    }
    checksums.push(u32(at + 16));
    at += sizes.entry + nameLength + u16(at + 30) + u16(at + 32);
  }
  if (at !== last || checksums.length !== count) throw new RangeError('its directory is damaged');
  return checksums;
}
