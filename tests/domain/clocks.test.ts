import { expect, it } from 'vitest';
import { aheadBy, mostApart } from '../../src/domain/clocks.js';

it.each([
  ['between the two looks', { asked: 1000, told: 1500, answered: 2000 }, 0],
  ['before the first', { asked: 9000, told: 1000, answered: 9500 }, 8000],
  ['after the second', { asked: 1000, told: 9500, answered: 1500 }, -8000],
  ['before the first, in whole seconds', { asked: 2900, told: 2000, answered: 2950, coarseness: 1000 }, 0],
  ['long before the first, in whole seconds', { asked: 9000, told: 2000, answered: 9500, coarseness: 1000 }, 6000],
])('of a clock that shows a moment %s it is known by how much ours is ahead at least', (_, reading, ahead) => {
  expect(aheadBy(reading)).toBe(ahead);
});

it.each([
  [60, 30_000],
  [4, 5000],
  [0, 15_000],
])('with a grace window of %i seconds clocks may be apart by %i milliseconds', (graceWindow, milliseconds) => {
  expect(mostApart(graceWindow)).toBe(milliseconds);
});
