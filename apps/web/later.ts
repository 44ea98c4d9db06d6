/** Files that are fetched when they are asked for: TensorFlow.js. They stand in a folder of their own, so that they are known by their place. */

/** Where they are in the build. */
export const laterFolder = 'assets/later/';

const isTensorFlow = (path: string) => path.includes('/@tensorflow/');

/** The names of files in the bundles of workers. */
export const workerNames = {
  chunkFileNames: ({ moduleIds, name }: { readonly moduleIds: readonly string[]; readonly name: string }) => {
    const [, backend] = /\/@tensorflow\/(tfjs-backend-\w+)\//.exec(moduleIds.at(-1) ?? '') ?? [];
    return moduleIds.some(isTensorFlow) ? `${laterFolder}${backend ?? name}-[hash].js` : 'assets/[name]-[hash].js';
  },
  assetFileNames: ({ originalFileNames }: { readonly originalFileNames: readonly string[] }) =>
    `${originalFileNames.some(isTensorFlow) ? laterFolder : 'assets/'}[name]-[hash][extname]`,
};
