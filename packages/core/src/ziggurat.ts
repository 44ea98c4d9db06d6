/**
 * Ziggurats: exponential and normal numbers from two words, a table and a multiplication, nearly always.
 *
 * 256 layers of equal area lie over the density. The low byte of a word chooses one and the other 56 bits a place in
 * it; what falls where the layer pokes out of the density, or into the tail, is decided by `…Edge`.
 *
 * @see Marsaglia, Tsang, "The Ziggurat Method for Generating Random Variables", 2000
 */
import { exp, logNear1, type Powers, powersOfTwo } from './exponential.ts';
import { readDouble, type Words } from './words.ts';

export interface Ziggurat {
  /** [257] how far layer i reaches; layer 0 is the lowest and its width stands for the tail too. */
  readonly width: Float64Array;
  /** [257] the density where layer i ends: the floor of layer i. */
  readonly height: Float64Array;
  /** [256] the width by the number of places in it. */
  readonly step: Float64Array;
}

/** What the samplers read. */
export interface Tables {
  readonly powers: Powers;
  readonly exponential: Ziggurat;
  readonly normal: Ziggurat;
}

// Where the tails begin and what area each layer has, as in the paper for 256 layers.
const EXPONENTIAL_TAIL = 7.69711747013105;
const EXPONENTIAL_AREA = 0.00394965982258156;
const NORMAL_TAIL = 3.654152885361009;
const NORMAL_AREA = 0.00492867323399;

let tables: Tables | undefined;

/** The tables, made at the first use. */
export function samplerTables(): Tables {
  if (tables) return tables;
  const powers = powersOfTwo();
  tables = {
    powers,
    exponential: ziggurat(
      EXPONENTIAL_TAIL,
      EXPONENTIAL_AREA,
      2 ** -56,
      (x) => exp(-x, powers),
      (y) => -logNear1(y),
    ),
    // A sign takes one of the bits.
    normal: ziggurat(
      NORMAL_TAIL,
      NORMAL_AREA,
      2 ** -55,
      (x) => exp(-0.5 * x * x, powers),
      (y) => Math.sqrt(-2 * logNear1(y)),
    ),
  };
  return tables;
}

function ziggurat(
  tail: number,
  area: number,
  place: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Ziggurat {
  const width = new Float64Array(257);
  const height = new Float64Array(257);
  width[0] = area / density(tail);
  width[1] = tail;
  height[1] = density(tail);
  for (let i = 2; i < 256; i++) {
    height[i] = (height[i - 1] as number) + area / (width[i - 1] as number);
    width[i] = inverse(height[i] as number);
  }
  height[256] = 1;
  return { width, height, step: width.subarray(0, 256).map((w) => w * place) };
}

/** Draw from the exponential distribution with mean 1: > 0. */
export function readExponential(words: Words, tables: Tables): number {
  if (words.at + 2 > words.end) words.reserve(2);
  const { block, at } = words;
  words.at = at + 2;
  const high = block[at] as number;
  const layer = high & 255;
  const { step, width } = tables.exponential;
  const x = ((high >>> 8) * 4294967296 + (block[at + 1] as number) + 0.5) * (step[layer] as number);
  return x < (width[layer + 1] as number) ? x : exponentialEdge(words, tables, layer, x);
}

/** Decide about a place of a layer that may be outside of the density. */
export function exponentialEdge(words: Words, tables: Tables, layer: number, x: number): number {
  // The tail is an exponential too.
  if (layer === 0) return EXPONENTIAL_TAIL + readExponential(words, tables);
  const isUnder = readHeight(words, tables.exponential, layer) < exp(-x, tables.powers);
  return isUnder ? x : readExponential(words, tables);
}

/** Draw from the standard normal distribution. */
export function readNormal(words: Words, tables: Tables): number {
  if (words.at + 2 > words.end) words.reserve(2);
  const { block, at } = words;
  words.at = at + 2;
  const high = block[at] as number;
  const layer = high & 255;
  const { step, width } = tables.normal;
  const x = ((high >> 8) * 4294967296 + (block[at + 1] as number) + 0.5) * (step[layer] as number);
  return Math.abs(x) < (width[layer + 1] as number) ? x : normalEdge(words, tables, layer, x);
}

/** Decide about a place of a layer that may be outside of the density. */
export function normalEdge(words: Words, tables: Tables, layer: number, x: number): number {
  if (layer === 0) {
    // Marsaglia, "Generating a Variable from the Tail of the Normal Distribution", 1964.
    for (;;) {
      const beyond = readExponential(words, tables) / NORMAL_TAIL;
      if (2 * readExponential(words, tables) >= beyond * beyond) {
        return x < 0 ? -(NORMAL_TAIL + beyond) : NORMAL_TAIL + beyond;
      }
    }
  }
  const isUnder = readHeight(words, tables.normal, layer) < exp(-0.5 * x * x, tables.powers);
  return isUnder ? x : readNormal(words, tables);
}

/** A height between the floor of a layer and its ceiling. */
function readHeight(words: Words, { height }: Ziggurat, layer: number): number {
  const floor = height[layer] as number;
  return floor + ((height[layer + 1] as number) - floor) * readDouble(words);
}
