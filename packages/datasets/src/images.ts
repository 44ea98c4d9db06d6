/** Images: readers of the files that MNIST, Fashion-MNIST and CIFAR-10 come in. Bytes in, numbers out. */
export { type Cifar10, cifar10ClassNames, parseCifar10 } from './cifar10.ts';
export { type IdxArray, parseIdx } from './idx.ts';
export { imageRows, type Pixels } from './image-rows.ts';
