/** Layers that draw chance of their own in training: two trainings from one seed would differ. */
import type { layers } from '@tensorflow/tfjs-layers';
import type { LayersModel } from './tensorflow.ts';

type Layer = layers.Layer;
type Config = Readonly<Record<string, unknown>>;

/** The number in the config of each kind that is 0 where nothing is drawn. */
const AMOUNTS: Readonly<Record<string, string>> = {
  Dropout: 'rate',
  SpatialDropout1D: 'rate',
  GaussianDropout: 'rate',
  AlphaDropout: 'rate',
  GaussianNoise: 'stddev',
  RandomHeight: 'factor',
  RandomWidth: 'factor',
};
/** What draws the same again from a seed, in tfjs 4.22; the others of these kinds have none. */
const SEEDED = ['Dropout', 'SpatialDropout1D', 'RandomHeight', 'RandomWidth'];

/**
 * Check that no layer of a model draws what can't be repeated.
 *
 * @throws RangeError that names the first layer that does
 */
export function checkNoChance(model: LayersModel, name: string): void {
  const layer = drawing(model);
  if (!layer) return;
  const kind = layer.getClassName();
  const seed = SEEDED.includes(kind) ? 'give it a seed made from `seed` (tfjs takes 0 for none), or ' : '';
  throw new RangeError(
    `${name}: model must draw no chance in training, got ${kind} in the layer ${layer.name}; ${seed}take it out: masks of train() drop units`,
  );
}

function drawing({ layers }: LayersModel): Layer | undefined {
  for (const layer of layers) {
    const found = 'layers' in layer ? drawing(layer as unknown as LayersModel) : draws(layer) ? layer : undefined;
    if (found) return found;
  }
  return undefined;
}

function draws(layer: Layer): boolean {
  // TimeDistributed and Bidirectional.
  if ('layer' in layer) {
    const inner = layer.layer as Layer;
    return 'layers' in inner ? drawing(inner as unknown as LayersModel) !== undefined : draws(inner);
  }
  return drawsBy(layer.getClassName(), layer.getConfig());
}

function drawsBy(kind: string, config: Config): boolean {
  const { seed, dropout, recurrentDropout, cell, cells = [] } = config;
  const amount = config[AMOUNTS[kind] ?? ''];
  const hasSeed = SEEDED.includes(kind) && typeof seed === 'number' && seed !== 0;
  if (amount !== undefined && amount !== 0 && !hasSeed) return true;
  // Recurrent layers, whose cells take no seed.
  if ([dropout, recurrentDropout].some((rate) => typeof rate === 'number' && rate > 0)) return true;
  return [cell, ...(cells as unknown[])].some((inner) => {
    const { className, config: own } = Object(inner) as { className?: string; config?: Config };
    return own !== undefined && drawsBy(String(className), own);
  });
}
