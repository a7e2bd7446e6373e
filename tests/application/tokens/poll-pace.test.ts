import { expect, it } from 'vitest';
import { PollPace } from '../../../src/application/tokens/poll-pace.js';

const at = (seconds: number) => new Date(1_900_000_000_000 + seconds * 1000);

it.each([
  [5, false],
  [4, false],
  [3.999, true],
  [0, true],
])('a device that asks again after %s seconds asks too soon: %s (RFC 8628 §3.5)', (seconds, tooFast) => {
  const pace = new PollPace();
  expect(pace.isTooFast('one', at(0))).toBe(false);
  expect(pace.isTooFast('other', at(0))).toBe(false);
  expect(pace.isTooFast('one', at(seconds))).toBe(tooFast);
});

it('of ten thousand devices it is remembered when they asked last, and of no more', () => {
  const pace = new PollPace();
  for (let device = 0; device <= 10_000; device += 1) pace.isTooFast(`device ${device}`, at(0));
  expect(pace.isTooFast('device 1', at(1))).toBe(true);
  expect(pace.isTooFast('device 0', at(1))).toBe(false);
});
