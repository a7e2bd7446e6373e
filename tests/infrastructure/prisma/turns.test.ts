import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Turns } from '../../../src/infrastructure/prisma/coalescing/turns.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function taking(turns: Turns) {
  const events: string[] = [];
  const take = (name: string) =>
    turns.take(
      () => events.push(`${name} goes`),
      () => events.push(`${name} gives up`),
    );
  return { events, take };
}

it('lets so many go on at once, and the others when one is done, in the order in which they came', () => {
  const turns = new Turns(2, 1000);
  const { events, take } = taking(turns);
  for (const name of ['a', 'b', 'c', 'd']) take(name);
  expect(events).toEqual(['a goes', 'b goes']);
  turns.done();
  turns.done();
  expect(events).toEqual(['a goes', 'b goes', 'c goes', 'd goes']);
});

it('gives up what waited too long, and passes its turn on', () => {
  const turns = new Turns(1, 1000);
  const { events, take } = taking(turns);
  take('a');
  take('b');
  vi.advanceTimersByTime(600);
  take('c');
  vi.advanceTimersByTime(400);
  expect(events).toEqual(['a goes', 'b gives up']);
  turns.done();
  vi.advanceTimersByTime(5000);
  expect(events).toEqual(['a goes', 'b gives up', 'c goes']);
});

it('has every place again when all are done', () => {
  const turns = new Turns(2, 1000);
  const { events, take } = taking(turns);
  for (const name of ['a', 'b', 'c']) take(name);
  for (const _ of [1, 2, 3]) turns.done();
  for (const name of ['d', 'e']) take(name);
  expect(events).toEqual(['a goes', 'b goes', 'c goes', 'd goes', 'e goes']);
});
