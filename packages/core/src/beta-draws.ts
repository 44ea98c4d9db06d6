/**
 * Draws of the Beta distribution from words.
 *
 * The loops are written out, ziggurats too: a function that returns a double makes an object of it wherever V8 has
 * inlined enough already, which takes twice as long as the arithmetic.
 */
import { exp, logNear1 } from './exponential.ts';
import { readDouble, type Words } from './words.ts';
import { exponentialEdge, normalEdge, samplerTables, type Tables } from './ziggurat.ts';

/**
 * Fill with draws of Beta(a, b), each as if it were drawn alone.
 *
 * @param a shape, in [1e-300, 1e300]
 * @param b shape, in [1e-300, 1e300]
 */
export function fillBeta(words: Words, a: number, b: number, out: Float64Array): void {
  if (a === 1 && b === 1) for (let i = 0; i < out.length; i++) out[i] = readDouble(words);
  else if (arePowers(a, b)) fillPowers(words, 2 / a, 2 / b, out);
  else if (a <= 1 && b <= 1) fillJohnk(words, samplerTables(), a, b, out);
  else if (a < 1 && a * (b - 1) <= 1) fillPower(words, samplerTables(), a, b, out);
  else if (b < 1 && b * (a - 1) <= 1) {
    fillPower(words, samplerTables(), b, a, out);
    for (let i = 0; i < out.length; i++) out[i] = 1 - (out[i] as number);
  } else fillGammaRatio(words, samplerTables(), a, b, out);
}

/**
 * Whether 1 / a and 1 / b are whole numbers or halves of such, as for most shapes that people take: 1/10, 1/5, 1/4, 2/5, 1/2,
 * 1. Beyond 16 both powers of a pair might be 0.
 */
function arePowers(a: number, b: number): boolean {
  const p = 2 / a;
  const q = 2 / b;
  return p >= 2 && q >= 2 && p <= 32 && q <= 32 && Number.isInteger(p) && Number.isInteger(q);
}

/**
 * Jöhnk's method, as below, where the powers are products and square roots: no exponential, no logarithm.
 *
 * @param p 2 / a, an integer in [2, 32]
 * @param q 2 / b, likewise
 */
function fillPowers(words: Words, p: number, q: number, out: Float64Array): void {
  const { block } = words;
  let { at, end } = words;
  for (let k = 0; k < out.length; k++) {
    for (;;) {
      if (at + 4 > end) {
        words.at = at;
        words.reserve(4);
        ({ at, end } = words);
      }
      // The middle of one of 2^52 places: never 0.
      const u = (((block[at] as number) >>> 6) * 67108864 + ((block[at + 1] as number) >>> 6) + 0.5) * 2 ** -52;
      const v = (((block[at + 2] as number) >>> 6) * 67108864 + ((block[at + 3] as number) >>> 6) + 0.5) * 2 ** -52;
      at += 4;
      let x = (p & 1) === 0 ? 1 : Math.sqrt(u);
      let y = (q & 1) === 0 ? 1 : Math.sqrt(v);
      for (let bits = p >> 1, square = u; bits > 0; bits >>= 1, square *= square) if ((bits & 1) === 1) x *= square;
      for (let bits = q >> 1, square = v; bits > 0; bits >>= 1, square *= square) if ((bits & 1) === 1) y *= square;
      if (x + y > 1) continue;
      out[k] = x / (x + y);
      break;
    }
  }
  words.at = at;
}

/**
 * X = U^(1/a), Y = V^(1/b), kept when X + Y <= 1: X / (X + Y) = 1 / (1 + Y / X) is Beta(a, b). At least every second pair
 * is kept.
 *
 * -log(U) is an exponential number, so no logarithm is taken. And one exponential, t = Y / X, decides nearly all pairs too:
 * log(X + Y) is log X + log(1 + t), and log Y + log(1 + 1 / t), where 2 t / (2 + t) <= log(1 + t) <= t (6 + t) / (6 + 4 t).
 * Both are looked at without a branch, as neither X nor Y is the likelier to be the larger.
 */
function fillJohnk(words: Words, tables: Tables, a: number, b: number, out: Float64Array): void {
  const { powers } = tables;
  const { step, width } = tables.exponential;
  const { block } = words;
  const inverseA = 1 / a;
  const inverseB = 1 / b;
  let { at, end } = words;
  for (let k = 0; k < out.length; k++) {
    for (;;) {
      if (at + 4 > end) {
        words.at = at;
        words.reserve(4);
        ({ at, end } = words);
      }
      const highX = block[at] as number;
      const lowX = block[at + 1] as number;
      const highY = block[at + 2] as number;
      const lowY = block[at + 3] as number;
      at += 4;
      const layerX = highX & 255;
      const layerY = highY & 255;
      let e = ((highX >>> 8) * 4294967296 + lowX + 0.5) * (step[layerX] as number);
      let f = ((highY >>> 8) * 4294967296 + lowY + 0.5) * (step[layerY] as number);
      if (!(e < (width[layerX + 1] as number))) {
        words.at = at;
        e = exponentialEdge(words, tables, layerX, e);
        ({ at, end } = words);
      }
      if (!(f < (width[layerY + 1] as number))) {
        words.at = at;
        f = exponentialEdge(words, tables, layerY, f);
        ({ at, end } = words);
      }
      // -log X and -log Y.
      e *= inverseA;
      f *= inverseB;
      const gap = e - f;
      const ratio = exp(gap, powers);
      const isIn = +(e * (6 + 4 * ratio) >= ratio * (6 + ratio)) | +(f * ratio * (4 + 6 * ratio) >= 1 + 6 * ratio);
      if (!isIn) {
        const isOut = +(e * (2 + ratio) < 2 * ratio) | +(f * (1 + 2 * ratio) < 2);
        if (isOut || exp(-e, powers) + exp(-f, powers) > 1) continue;
      }
      // Where Y / X overflows, X / Y is still a number, and as good as X / (X + Y).
      out[k] = gap > 700 ? exp(-gap, powers) : 1 / (1 + ratio);
      break;
    }
  }
  words.at = at;
}

/**
 * X = U^(1/a), kept with probability (1 - X)^(b - 1), is Beta(a, b): with an exponential number E, when
 * E >= -(b - 1) log(1 - X). Its two sides are bounded first, so that few logarithms are taken.
 *
 * @param a shape, below 1
 * @param b shape, >= 1, and a (b - 1) at most 1: then at least every second X is kept
 */
function fillPower(words: Words, tables: Tables, a: number, b: number, out: Float64Array): void {
  const { powers } = tables;
  const { step, width } = tables.exponential;
  const { block } = words;
  const inverse = 1 / a;
  const power = b - 1;
  let { at, end } = words;
  for (let k = 0; k < out.length; k++) {
    for (;;) {
      if (at + 4 > end) {
        words.at = at;
        words.reserve(4);
        ({ at, end } = words);
      }
      const highX = block[at] as number;
      const lowX = block[at + 1] as number;
      const highE = block[at + 2] as number;
      const lowE = block[at + 3] as number;
      at += 4;
      const layerX = highX & 255;
      const layerE = highE & 255;
      let minusLog = ((highX >>> 8) * 4294967296 + lowX + 0.5) * (step[layerX] as number);
      let e = ((highE >>> 8) * 4294967296 + lowE + 0.5) * (step[layerE] as number);
      if (!(minusLog < (width[layerX + 1] as number))) {
        words.at = at;
        minusLog = exponentialEdge(words, tables, layerX, minusLog);
        ({ at, end } = words);
      }
      if (!(e < (width[layerE + 1] as number))) {
        words.at = at;
        e = exponentialEdge(words, tables, layerE, e);
        ({ at, end } = words);
      }
      const x = exp(-minusLog * inverse, powers);
      const rest = 1 - x;
      // x + x^2 / 2 <= -log(1 - x) <= x + x^2 / (2 (1 - x)).
      const least = power * x;
      if (e * rest < least * (1 - 0.5 * x)) {
        if (e < least * (1 + 0.5 * x) || rest === 0 || e < -power * logNear1(rest)) continue;
      }
      out[k] = x;
      break;
    }
  }
  words.at = at;
}

/**
 * X / (X + Y) of two gamma numbers, each a cubed normal number, kept or not. A shape below 1 is drawn as that of
 * shape + 1 times U^(1/shape).
 *
 * One of the shapes is above 1 here, so that X + Y does not underflow.
 */
function fillGammaRatio(words: Words, tables: Tables, a: number, b: number, out: Float64Array): void {
  const { powers } = tables;
  const { step: normalStep, width: normalWidth } = tables.normal;
  const { step, width } = tables.exponential;
  const { block } = words;
  const dA = (a < 1 ? a + 1 : a) - 1 / 3;
  const dB = (b < 1 ? b + 1 : b) - 1 / 3;
  const cA = 1 / Math.sqrt(9 * dA);
  const cB = 1 / Math.sqrt(9 * dB);
  const squeezeA = squeezeOf(dA);
  const squeezeB = squeezeOf(dB);
  const inverseA = a < 1 ? 1 / a : 0;
  const inverseB = b < 1 ? 1 / b : 0;
  let { at, end } = words;
  for (let k = 0; k < out.length; k++) {
    let first = 0;
    let d = dA;
    let c = cA;
    let squeeze = squeezeA;
    let inverse = inverseA;
    for (let half = 0; half < 2; half++) {
      let gamma = 0;
      for (;;) {
        if (at + 3 > end) {
          words.at = at;
          words.reserve(3);
          ({ at, end } = words);
        }
        const high = block[at] as number;
        const low = block[at + 1] as number;
        const u = ((block[at + 2] as number) + 0.5) * 2 ** -32;
        at += 3;
        const layer = high & 255;
        let x = ((high >> 8) * 4294967296 + low + 0.5) * (normalStep[layer] as number);
        if (!(Math.abs(x) < (normalWidth[layer + 1] as number))) {
          words.at = at;
          x = normalEdge(words, tables, layer, x);
          ({ at, end } = words);
        }
        const root = 1 + c * x;
        if (root <= 0) continue;
        const v = root * root * root;
        const square = x * x;
        gamma = d * v;
        // The first test is a squeeze: it decides nearly all draws without a logarithm, as the second would.
        if (u < 1 - (root > 0.5 ? squeeze : 0.0331) * square * square) break;
        if (logNear1(u) < 0.5 * square + d * (1 - v + logNear1(v))) break;
      }
      if (inverse !== 0) {
        if (at + 2 > end) {
          words.at = at;
          words.reserve(2);
          ({ at, end } = words);
        }
        const high = block[at] as number;
        const low = block[at + 1] as number;
        at += 2;
        const layer = high & 255;
        let e = ((high >>> 8) * 4294967296 + low + 0.5) * (step[layer] as number);
        if (!(e < (width[layer + 1] as number))) {
          words.at = at;
          e = exponentialEdge(words, tables, layer, e);
          ({ at, end } = words);
        }
        gamma *= exp(-e * inverse, powers);
      }
      if (half === 0) {
        first = gamma;
        d = dB;
        c = cB;
        squeeze = squeezeB;
        inverse = inverseB;
      } else {
        out[k] = first / (first + gamma);
      }
    }
  }
  words.at = at;
}

/**
 * How narrow a squeeze may be: the second test keeps at least the share 1 - squeeze * x ** 4.
 *
 * With y = c x its right side is -3 d y ** 4 (1/4 - y/5 + y ** 2 / 6 - ...), where the bracket is 0.4237 at y = -1/2 and
 * falls as y grows; so 0.4237 / (27 d) will do there, and 0.0331, as in the paper, for all y. What is left of 0.016 / d,
 * and of the last of the 32 bits of u, is more than the second test rounds away, up to so large a shape.
 */
function squeezeOf(d: number): number {
  return d < 1e4 ? 0.016 / d : 0.0331;
}
