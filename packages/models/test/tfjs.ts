/** TensorFlow.js on its CPU backend, in Node. */
import { createRequire } from 'node:module';
import type * as TfCore from '@tensorflow/tfjs-core';
import type * as TfLayers from '@tensorflow/tfjs-layers';

// Node can't load their ES modules: the imports inside have no extensions.
const require = createRequire(import.meta.url);
export const tf = require('@tensorflow/tfjs-core') as typeof TfCore;
require('@tensorflow/tfjs-backend-cpu');
// In Node the gradients are registered by this one alone.
export const layers = require('@tensorflow/tfjs-layers') as typeof TfLayers;
// No banner about other backends.
tf.env().set('IS_TEST', true);
