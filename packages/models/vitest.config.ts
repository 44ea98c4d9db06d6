import { preset } from '../../vitest.preset.ts';

// Hooks compile the kernel: seconds on an idle machine.
export default preset({ hookTimeout: 60_000 });
