import { expect, test } from 'vitest';
import { chooseColours } from '../src/colours.ts';

test.each([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['a pipe in CI', { CI: 'true' }, false, false],
  ['a dumb terminal', { TERM: 'dumb' }, true, false],
  ['NO_COLOR in a terminal', { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR in a terminal', { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR in a pipe', { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0 in a terminal', { FORCE_COLOR: '0' }, true, false],
  ['both', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
])('%s decides about colour', (_, env, isTTY, coloured) => {
  expect(chooseColours({ env, isTTY }).red('x') !== 'x').toBe(coloured);
});
