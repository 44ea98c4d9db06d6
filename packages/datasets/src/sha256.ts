/** SHA-256: the same in Node and in any page, also where Web Crypto is off (pages without HTTPS) or asynchronous. */

/** @returns the first `count` prime numbers */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}

/**
 * The first 32 bits of the fraction: the standard takes its constants from roots of primes.
 *
 * None of those roots comes nearer than 2 ** -40 to where these bits change, so a cube root that is some units in the
 * last place off (2 ** -50), as engines differ, does no harm.
 */
const fraction = (x: number) => ((x - Math.floor(x)) * 2 ** 32) >>> 0;

/**
 * Hash bytes with SHA-256.
 *
 * @returns 64 hexadecimal digits
 * @see NIST, FIPS 180-4, "Secure Hash Standard", 2015
 */
export function sha256(bytes: Uint8Array): string {
  const start = primes(8).map((p) => fraction(Math.sqrt(p)));
  const constants = Uint32Array.from(primes(64), (p) => fraction(Math.cbrt(p)));
  const state = Uint32Array.from(start);
  const words = new Uint32Array(64);

  // The message, a 1 bit, zeros, and its length in bits: whole blocks of 64 bytes.
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length * 8);

  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getUint32(block + 4 * i);
    compress(state, words, constants);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

const rotate = (x: number, bits: number) => (x >>> bits) | (x << (32 - bits));

function compress(state: Uint32Array, words: Uint32Array, constants: Uint32Array): void {
  const word = (i: number) => words[i] as number;
  for (let i = 16; i < 64; i++) {
    const x = word(i - 15);
    const y = word(i - 2);
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    words[i] = word(i - 16) + s0 + word(i - 7) + s1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] as number) + word(i)) | 0;
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] as number) + value;
}
