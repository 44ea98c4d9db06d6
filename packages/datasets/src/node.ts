/** Data sets from local files, in Node. */
export { loadCifar10, loadIdx, loadNpy, loadNpz } from './node/data-file.ts';
