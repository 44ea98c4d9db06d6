/** NumPy's files: `.npy` and `.npz`, read and written. Bytes in, arrays out, and back. */
export { formatNpy, parseNpy } from './npy.ts';
export { type NpyArray, type NpyData, type NpyType, npyLabels, npyRows } from './npy-array.ts';
export { formatNpz, parseNpz } from './npz.ts';
