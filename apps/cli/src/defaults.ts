/** What can be named on the command line, and what holds when it is not. A test keeps this equal to the packages' own. */

/** The data sets, with what each is. */
export const datasets = {
  iris: '150 flowers, 4 measures, 3 species',
  digits: '1797 handwritten digits of 8 x 8 pixels, 10 classes',
} as const;

/** The arms, with what each does. */
export const arms = {
  baseline: 'the training rows as they are',
  append: 'the article: one mixed batch, drawn once, stacked under those rows',
  duplicate: 'its control: as many plain rows stacked, so as many steps',
  batch: 'the paper: every batch mixed with a permutation of itself',
  cutmix: 'a box of each image filled from its partner; for images',
  manifold: 'batch, mixed after a hidden layer in place of the input',
  regmixup: 'each batch as it is and as batch, so twice the rows a step',
  remix: 'batch, with labels that lean to classes a third as frequent',
} as const;

/** The arms of a run that names none. */
export const defaultArms = ['baseline', 'append', 'duplicate', 'batch'] as const;

/** The protocols, with what each does. */
export const protocols = {
  article: 'scaled on all rows before the split, as the article did',
  rigorous: 'stratified split first, scaled on the training rows alone',
} as const;

/** What can train, with what each is. */
export const engines = {
  auto: 'the kernel for mlp, else TensorFlow.js',
  wasm: 'the kernel: WebAssembly, nothing to install, the same bits everywhere',
  tfjs: 'TensorFlow.js: npm i @tensorflow/tfjs-node, or see --backend',
} as const;

/** The backends of TensorFlow.js, best first, with what each is. */
export const backends = {
  node: 'native TensorFlow, in @tensorflow/tfjs-node',
  wasm: 'WebAssembly, for models without convolutions',
  cpu: 'plain JavaScript: slow',
} as const;

/** The models, with what each is. */
export const models = {
  mlp: 'a multilayer perceptron with the layers of --hidden',
  cnn: 'two 3 x 3 convolutions with pooling, then the layers of --hidden',
} as const;

/** The data sets whose rows are images. */
export const images = ['digits'] as const;

/** The article's values. */
export const defaults = {
  arms: defaultArms,
  protocol: 'article',
  trials: 20,
  seed: 0,
  alpha: 0.2,
  epochs: 30,
  batchSize: 30,
  mixSize: { iris: 30, digits: 300 },
  hidden: [80],
  learningRate: 0.001,
} as const;

/** What trains, and what is trained. */
export const engineDefaults = { engine: 'auto', model: 'mlp' } as const;
