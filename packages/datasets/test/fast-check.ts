/** fast-check with one seed, so that a run of the tests is like every other. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 1936 });

export { fc };
