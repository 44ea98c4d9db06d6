import { preset } from './vitest.preset.ts';

export default preset({ include: ['tests/**/*.test.ts'] });
