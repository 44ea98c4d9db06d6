/** The thread executor alone: a door that opens in milliseconds, so that threads start while the rest is loaded. */
export { createThreadExecutor, type ThreadOptions } from './thread-executor.ts';
