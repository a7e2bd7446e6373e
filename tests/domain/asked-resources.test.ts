import { expect, it } from 'vitest';
import { InvalidTarget } from '../../src/domain/errors.js';
import { askedResources } from '../../src/domain/resources/asked-resources.js';

const ofLength = (length: number) => `a:${'x'.repeat(length - 2)}`;

it('are each taken once, in the order in which they were named', () => {
  expect(askedResources(['b:1', 'a:1', 'b:1'])).toEqual(['b:1', 'a:1']);
});

it.each([
  [[ofLength(2000), ofLength(2000), ofLength(96)], true],
  [[ofLength(2000), ofLength(2000), ofLength(97)], false],
  [['a:1', 'relative'], false],
])('are 4096 characters at most in all, and absolute', (resources, may) => {
  const ask = () => askedResources(resources);
  if (may) expect(ask).not.toThrow();
  else expect(ask).toThrow(InvalidTarget);
});
