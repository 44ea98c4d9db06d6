/** What a model ends in: the activation that its outputs come from, however deep it lies. */
import type { layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { LayersModel } from './tensorflow.ts';

type Layer = layers.Layer;

/** Layers that leave probabilities what they are: the same numbers in another form, or a mean of them. */
const KEEPING = [
  'Dropout',
  'Flatten',
  'Reshape',
  'Permute',
  'Average',
  'GlobalAveragePooling1D',
  'GlobalAveragePooling2D',
];

/**
 * @param model built, with one output
 * @returns 'softmax', 'sigmoid', 'linear' or what else the last activation is called; for probabilities that a layer made something
 * else of, a text that names both, which fits no head
 */
export function endingOf(model: LayersModel): string {
  const [output] = model.outputs;
  return output ? endingOfTensor(output) : 'nothing';
}

function endingOfTensor({ sourceLayer, inputs }: SymbolicTensor): string {
  const own = endingOfLayer(sourceLayer);
  // What has weights makes numbers of its own; what has none hands on what it got.
  if (own !== 'linear' || sourceLayer.weights.length > 0) return own;
  const kind = sourceLayer.getClassName();
  const before = [...new Set(inputs.map(endingOfTensor))];
  const [probabilities] = before.filter((ending) => /softmax|sigmoid/.test(ending));
  if (!probabilities) return 'linear';
  const keeps =
    KEEPING.includes(kind) || kind === 'Activation' || (kind === 'Concatenate' && probabilities === 'sigmoid');
  return keeps && before.length === 1 ? probabilities : `${kind} of ${before.join(' and ')}`;
}

function endingOfLayer(layer: Layer): string {
  if ('outputs' in layer) return endingOf(layer as unknown as LayersModel);
  // TimeDistributed and Bidirectional.
  if ('layer' in layer) return endingOfLayer(layer.layer as Layer);
  if (layer.getClassName() === 'Softmax') return 'softmax';
  const { activation } = layer.getConfig() as { activation?: unknown };
  return typeof activation === 'string' ? activation : 'linear';
}
