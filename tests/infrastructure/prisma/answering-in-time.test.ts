import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { answeringInTime } from '../../../src/infrastructure/prisma/answering-in-time.js';

class Shelf {
  private readonly things = ['book'];

  async first(): Promise<string | undefined> {
    return this.things[0];
  }

  async wait(): Promise<never> {
    return new Promise(() => undefined);
  }

  async walk(): Promise<string> {
    for (let step = 0; step < 5; step += 1) await new Promise((done) => setTimeout(done, 1000));
    return 'there';
  }

  async fail(error: unknown): Promise<never> {
    throw error;
  }
}

const shelf = answeringInTime(new Shelf());

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  // The timer of all verbs is one of this clock.
  vi.runAllTimers();
  vi.useRealTimers();
});

it('answers what the repository answers, and leaves no timer behind for long', async () => {
  expect(await shelf.first()).toBe('book');
  vi.advanceTimersByTime(2999);
  expect(vi.getTimerCount()).toBe(0);
});

it('gives up in less than the 3 seconds that the ports promise', async () => {
  const waiting = expect(shelf.wait()).rejects.toBeInstanceOf(StorageUnavailable);
  await vi.advanceTimersByTimeAsync(2999);
  await waiting;
  expect(vi.getTimerCount()).toBe(0);
});

it('leaves a verb alone that keeps each of its steps in time itself, so that its caller hears what came of it', async () => {
  const arrived = expect(answeringInTime(new Shelf(), 'walk').walk()).resolves.toBe('there');
  const cutOff = expect(shelf.walk()).rejects.toBeInstanceOf(StorageUnavailable);
  await vi.advanceTimersByTimeAsync(5000);
  await arrived;
  await cutOff;
});

it.each([
  ['a connection lost', 'Connection terminated unexpectedly', 'the database cannot be reached'],
  ['no free connection', 'timeout exceeded when trying to connect', 'timeout exceeded when trying to connect'],
])('says that the store is unavailable after %s, and why', async (_, said, why) => {
  await expect(shelf.fail(new Error(said))).rejects.toMatchObject({ name: 'StorageUnavailable', cause: { message: why } });
});

it('throws a mistake of ours as it is', async () => {
  const mistake = new TypeError('x is not a function');
  await expect(shelf.fail(mistake)).rejects.toBe(mistake);
});
