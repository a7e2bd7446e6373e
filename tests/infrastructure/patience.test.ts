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

test('the timer is made once for those who wait one after the other, and ends by itself', () => {
  const { patience, begin, gaveUp } = waiting(1000);
  for (const name of ['one', 'two', 'three']) {
    patience.end(begin(name));
    expect(vi.getTimerCount()).toBe(1);
  }
  vi.advanceTimersByTime(600);
  begin('four');
  vi.advanceTimersByTime(999);
  expect(gaveUp).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(gaveUp).toEqual(['four']);
  expect(vi.getTimerCount()).toBe(0);
});

test('whoever gives up may wait anew at once; there is one timer all the same', () => {
  const patience = new Patience(50);
  const gaveUp: number[] = [];
  const again = (times: number) => {
    gaveUp.push(times);
    if (times > 0) patience.begin(() => again(times - 1));
  };
  patience.begin(() => again(5));
  vi.advanceTimersByTime(20);
  patience.begin(() => again(5));
  for (let round = 0; round < 5; round += 1) {
    vi.advanceTimersByTime(50);
    expect(vi.getTimerCount()).toBe(1);
  }
  vi.advanceTimersByTime(300);
  expect(gaveUp).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a process ends while nobody waits, and not before', () => {
  const made = vi.spyOn(globalThis, 'setTimeout');
  const { patience, begin } = waiting(1000);
  const keepsAlive = () => made.mock.results.at(-1)?.value.hasRef();
  const first = begin('one');
  expect(keepsAlive()).toBe(true);
  patience.end(first);
  expect(keepsAlive()).toBe(false);
  begin('two');
  expect(keepsAlive()).toBe(true);
});
