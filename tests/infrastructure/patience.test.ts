import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Patience } from '../../src/infrastructure/patience.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const waiting = (lasts: number) => {
  const patience = new Patience(lasts);
  const gaveUp: string[] = [];
  return { patience, gaveUp, begin: (name: string) => patience.begin(() => gaveUp.push(name)) };
};

test('each wait is given up after its own time, in the order in which they began', () => {
  const { gaveUp, begin } = waiting(1000);
  begin('one');
  vi.advanceTimersByTime(400);
  begin('two');
  vi.advanceTimersByTime(599);
  expect(gaveUp).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(gaveUp).toEqual(['one']);
  vi.advanceTimersByTime(400);
  expect(gaveUp).toEqual(['one', 'two']);
});

test.each([
  ['the first', 0],
  ['one in the middle', 1],
  ['the last', 2],
])('%s may end before; the others wait on', (_, ended) => {
  const { patience, gaveUp, begin } = waiting(1000);
  const names = ['one', 'two', 'three'];
  const wait = names.map(begin)[ended];
  if (!wait) throw new Error('there are three');
  patience.end(wait);
  patience.end(wait);
  vi.advanceTimersByTime(1000);
  expect(gaveUp).toEqual(names.toSpliced(ended, 1));
});

test('what has ended refers to nothing, so that it keeps nothing in memory', () => {
  const { patience, begin } = waiting(1000);
  const waits = ['one', 'two', 'three'].map(begin);
  for (const wait of waits) patience.end(wait);
  expect(waits.map(({ before, after, giveUp }) => ({ before, after, giveUp }))).toEqual(waits.map(() => ({ before: null, after: null, giveUp: null })));
});

test('no timer runs while nobody waits', () => {
  const { patience, begin } = waiting(1000);
  patience.end(begin('one'));
  expect(vi.getTimerCount()).toBe(0);
  begin('two');
  vi.advanceTimersByTime(1000);
  expect(vi.getTimerCount()).toBe(0);
});
