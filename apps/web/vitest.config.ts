import { preset } from '../../vitest.preset.ts';

// A page on a busy machine is not there within the second that is the default.
export default preset({ expect: { poll: { timeout: 15_000 } } });
