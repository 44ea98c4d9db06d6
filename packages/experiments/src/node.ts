/** Experiments in Node: run directories, pictures, the files of a run, trials on several threads. */
export { describeModelFile } from './node/model-file.ts';
export { createDocument, loadPictures, type PngOptions, renderPng } from './node/picture.ts';
export { openRunDirectory, type RunDirectory } from './node/run-directory.ts';
export { drawPictures, writeResults } from './node/run-results.ts';
export { createThreadExecutor, type ThreadOptions } from './node/thread-executor.ts';
export { startEngine, type TrialEngine } from './node/trial-engine.ts';
