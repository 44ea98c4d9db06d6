/** The peers: how each is started, what it needs, what it is held to. */

/**
 * @typedef {object} Peer
 * @property {string} name - what `--only` takes
 * @property {string} form - how it does the work, in a few words
 * @property {(trials: number) => string[]} command - words after the interpreter
 * @property {string[]} [packages] - of Python; without it the peer runs on Node
 * @property {[number, number]} [counts] - numbers of trials it is run with where all of them take minutes
 * @property {number} [target] - how many times as long as mixup it has to take
 */

const python = (file, ...options) => ({
  command: (trials) => [`bench/peers/${file}`, '--trials', String(trials), ...options],
});

/** @type {Peer[]} */
export const peers = [
  {
    name: 'sklearn',
    form: 'MLPClassifier, one fit after the other, no validation',
    ...python('scikit_learn.py'),
    packages: ['scikit-learn'],
    target: 12,
  },
  {
    name: 'sklearn-2',
    form: 'the same, joblib with 2 workers',
    ...python('scikit_learn.py', '--workers', '2'),
    packages: ['scikit-learn'],
  },
  {
    name: 'jax',
    form: 'jit, lax.map over trials, scan over epochs and steps',
    ...python('jax_scan.py'),
    packages: ['jax', 'optax'],
    target: 6,
  },
  {
    name: 'jax-vmap',
    form: 'the same, vmap over trials',
    ...python('jax_scan.py', '--form', 'vmap'),
    packages: ['jax', 'optax'],
    target: 6,
  },
  {
    name: 'jax-2',
    form: 'lax.map on each of 2 CPU devices',
    ...python('jax_scan.py', '--devices', '2'),
    packages: ['jax', 'optax'],
    target: 6,
  },
  {
    name: 'torch-stacked',
    form: 'all trials stacked (baddbmm), one fused Adam, one thread',
    ...python('pytorch_stacked.py'),
    packages: ['torch'],
    target: 6,
  },
  {
    name: 'torch',
    form: 'plain loop, fused Adam, one thread',
    ...python('pytorch_plain.py'),
    packages: ['torch'],
    counts: [2, 4],
    target: 40,
  },
  {
    name: 'torch-2',
    form: 'the same, 2 processes',
    ...python('pytorch_plain.py', '--workers', '2'),
    packages: ['torch'],
    counts: [2, 4],
  },
  {
    name: 'keras',
    form: 'model.fit on TensorFlow, as in the article',
    ...python('keras_fit.py'),
    packages: ['keras', 'tensorflow-cpu'],
    counts: [1, 2],
    target: 150,
  },
  {
    name: 'tfjs-wasm',
    form: 'TensorFlow.js on its WASM backend, model.fit',
    command: (trials) => ['bench/peers/tfjs_wasm.mjs', '--trials', String(trials)],
    counts: [1, 2],
    target: 60,
  },
];
