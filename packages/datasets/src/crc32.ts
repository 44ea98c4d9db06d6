/** CRC-32: the checksum of ZIP archives. */

/**
 * Compute the CRC-32 of bytes.
 *
 * @returns an integer in [0, 2 ** 32)
 * @example
 * crc32(new TextEncoder().encode('123456789')); // 0xcbf43926
 * @see ISO/IEC/IEEE 8802-3, "Frame check sequence"
 */
export function crc32(bytes: Uint8Array): number {
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    // The polynomial, its bits in reverse.
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    return rest;
  });
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) {
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] as number)) & 0xff] as number);
  }
  return ~crc >>> 0;
}
