/** Data sets from local files, in Node. */
export { loadCifar10, loadIdx, loadNpy, loadNpz } from './node/data-file.ts';
export { type ImageFolder, type ImageFolderOptions, loadImageFolder } from './node/image-folder.ts';
