import { DatabaseError } from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { coalesced, Lane, oneByOne } from '../../../src/infrastructure/prisma/coalescing/lane.js';
import type { LaneTally } from '../../../src/infrastructure/prisma/coalescing/lane-tally.js';
import { Lanes } from '../../../src/infrastructure/prisma/coalescing/lanes.js';

/** What was sent, each to be answered by hand. */
function departures() {
  const sent: { inputs: readonly string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const send = (inputs: readonly string[]) =>
    new Promise<string[]>((resolve, reject) => sent.push({ inputs, answer: () => resolve(inputs.map((input) => `${input}!`)), fail: reject }));
  const nth = (index: number) => vi.waitFor(() => sent[index] ?? Promise.reject(new Error(`there is no batch ${index}`)), { interval: 1 });
  return { sent, send, nth };
}

const later = (milliseconds = 5) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const refused = () => Object.assign(new DatabaseError('duplicate key', 0, 'error'), { code: '23505' });

it('sends at once when nothing is under way, and gathers what comes meanwhile', async () => {
  const { sent, send, nth } = departures();
  const lane = new Lane(send, coalesced);
  const first = lane.call('a');
  expect((await nth(0)).inputs).toEqual(['a']);
  const others = ['b', 'c', 'd'].map((input) => lane.call(input));
  await later();
  expect(sent).toHaveLength(1);
  (await nth(0)).answer();
  expect(await first).toBe('a!');
  (await nth(1)).answer();
  expect(sent[1]?.inputs).toEqual(['b', 'c', 'd']);
  expect(await Promise.all(others)).toEqual(['b!', 'c!', 'd!']);
});

it('lets a second statement leave beside the first when eight wait, and no third', async () => {
  const { sent, send, nth } = departures();
  const lane = new Lane(send, coalesced);
  const calls = [lane.call('first')];
  await nth(0);
  const come = (count: number) => calls.push(...Array.from({ length: count }, (_, index) => lane.call(`${index}`)));
  come(7);
  await later();
  expect(sent).toHaveLength(1);
  come(1);
  expect((await nth(1)).inputs).toHaveLength(8);
  come(20);
  await later();
  expect(sent).toHaveLength(2);
  for (const index of [0, 1, 2, 3]) (await nth(index)).answer();
  expect(await Promise.all(calls)).toHaveLength(29);
  expect(sent.slice(0, 2).map(({ inputs }) => inputs.length)).toEqual([1, 8]);
});

it('divides many calls that come at once, so that one half is under way while the other is answered', async () => {
  const { sent, send, nth } = departures();
  const lane = new Lane(send, coalesced);
  const calls = Array.from({ length: 32 }, (_, index) => lane.call(`${index}`));
  await nth(1);
  expect(sent.map(({ inputs }) => inputs.length)).toEqual([16, 16]);
  for (const { answer } of sent) answer();
  expect(await Promise.all(calls)).toEqual(calls.map((_, index) => `${index}!`));
});

describe('Where 32 call at once', () => {
  async function crowd() {
    const { sent, send, nth } = departures();
    const lane = new Lane(send, coalesced);
    const come = (count: number) => Array.from({ length: count }, (_, index) => lane.call(`${index}`));
    const calls = come(32);
    const [first, second] = [await nth(0), await nth(1)];
    first.answer();
    await Promise.all(calls.slice(0, 16));
    return { sent, come, second, nth };
  }

  it('half of them leave beside the other half, as soon as they are there and no sooner', async () => {
    const { sent, come } = await crowd();
    come(15);
    await later();
    expect(sent).toHaveLength(2);
    come(1);
    expect(sent[2]?.inputs).toHaveLength(16);
  });

  it('fewer leave when nothing else is under way', async () => {
    const { sent, come, second, nth } = await crowd();
    come(3);
    second.answer();
    expect((await nth(2)).inputs).toHaveLength(3);
    expect(sent).toHaveLength(3);
  });

  it('that is forgotten after a while in which fewer call', async () => {
    const { sent, come, second, nth } = await crowd();
    second.answer();
    for (let turn = 2; turn < 100; turn += 1) {
      const [call] = come(1);
      (await nth(turn)).answer();
      await call;
    }
    come(1);
    await nth(100);
    come(8);
    expect((await nth(101)).inputs).toHaveLength(8);
    expect(sent).toHaveLength(102);
  });
});

it('does not divide a few', async () => {
  const { sent, send, nth } = departures();
  const lane = new Lane(send, coalesced);
  const calls = Array.from({ length: 8 }, (_, index) => lane.call(`${index}`));
  (await nth(0)).answer();
  await Promise.all(calls);
  expect(sent.map(({ inputs }) => inputs.length)).toEqual([8]);
});

it('never has two statements under way that share a key', async () => {
  const { sent, send, nth } = departures();
  const lane = new Lane(send, coalesced, (input) => [input.slice(0, 1)]);
  const calls = [lane.call('a0')];
  await nth(0);
  calls.push(...Array.from({ length: 9 }, (_, index) => lane.call(`a${index + 1}`)), lane.call('b1'));
  expect((await nth(1)).inputs).toEqual(['b1']);
  await later();
  expect(sent).toHaveLength(2);
  for (let index = 0; index <= 10; index += 1) (await nth(index)).answer();
  await Promise.all(calls);
  expect(sent.map(({ inputs }) => inputs.join())).toEqual(['a0', 'b1', ...Array.from({ length: 9 }, (_, index) => `a${index + 1}`)]);
});

it('answers nobody before the statement that carried them is over', async () => {
  const { send, nth } = departures();
  const lane = new Lane(send, coalesced);
  const answered = vi.fn();
  const call = lane.call('a').then(answered);
  const { answer } = await nth(0);
  await later();
  expect(answered).not.toHaveBeenCalled();
  answer();
  await call;
});

it('lets calls that share a key travel one after the other, and the others pass them', async () => {
  const { sent, send, nth } = departures();
  const lane = new Lane(send, coalesced, (input) => [input.slice(0, 1)]);
  const calls = ['a1', 'a2', 'b1', 'a3', 'c1'].map((input) => lane.call(input));
  for (const index of [0, 1, 2]) (await nth(index)).answer();
  await Promise.all(calls);
  expect(sent.map(({ inputs }) => inputs)).toEqual([['a1', 'b1', 'c1'], ['a2'], ['a3']]);
});

it('sends what a refused statement carried again, each by itself, so that the one at fault fails alone', async () => {
  const send = vi.fn(async (inputs: readonly string[]) => {
    if (inputs.includes('bad')) throw refused();
    return inputs;
  });
  const lane = new Lane(send, coalesced);
  const outcomes = await Promise.allSettled(['a', 'bad', 'c'].map((input) => lane.call(input)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(send).toHaveBeenCalledTimes(4);
});

it('tries again without the row that others hold, and not when the line is lost', async () => {
  for (const [error, attempts] of [
    [Object.assign(new DatabaseError('lock timeout', 0, 'error'), { code: '55P03' }), 3],
    [new Error('Connection terminated unexpectedly'), 1],
  ] as const) {
    const send = vi.fn(async () => Promise.reject(error));
    const lane = new Lane(send, coalesced);
    await Promise.allSettled([lane.call('a'), lane.call('b')]);
    expect(send, error.message).toHaveBeenCalledTimes(attempts);
  }
});

it('does not wait for a statement that is slow, and has no more than four of them under way', async () => {
  const { sent, send, nth } = departures();
  const lane = new Lane(send, coalesced);
  const calls = [];
  for (const input of ['a', 'b', 'c', 'd', 'e']) {
    calls.push(lane.call(input));
    await later(70);
  }
  expect(sent.map(({ inputs }) => inputs)).toEqual([['a'], ['b'], ['c'], ['d']]);
  (await nth(2)).answer();
  (await nth(4)).answer();
  for (const index of [0, 1, 3]) (await nth(index)).answer();
  expect(await Promise.all(calls)).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
});

it('does no work for a caller who was told that it took too long', async () => {
  const { sent, send, nth } = departures();
  const lane = new Lane(send, { largestBatch: 10, mostUnderWay: 1 });
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const first = lane.call('a');
  await nth(0);
  const late = lane.call('b');
  now.mockReturnValue(3000);
  const fresh = lane.call('c');
  (await nth(0)).answer();
  await first;
  await expect(late).rejects.toBeInstanceOf(StorageUnavailable);
  (await nth(1)).answer();
  await fresh;
  expect(sent.map(({ inputs }) => inputs)).toEqual([['a'], ['c']]);
  now.mockRestore();
});

it('carries no more than it may, and one by one does not wait at all', async () => {
  const { sent, send, nth } = departures();
  const pairs = new Lane(send, { largestBatch: 2, mostUnderWay: 4 });
  const calls = ['a', 'b', 'c'].map((input) => pairs.call(input));
  for (const index of [0, 1]) (await nth(index)).answer();
  await Promise.all(calls);
  expect(sent.map(({ inputs }) => inputs)).toEqual([['a', 'b'], ['c']]);
  const singles = new Lane(send, oneByOne);
  for (const input of ['d', 'e']) singles.call(input);
  await nth(3);
  expect(sent.slice(2).map(({ inputs }) => inputs)).toEqual([['d'], ['e']]);
});

it('looks at calls that share a key with what is under way a few times, and not once for each that joins them', async () => {
  const { send, nth } = departures();
  let looks = 0;
  class Keys extends Array<string> {
    override some(predicate: (key: string, index: number, keys: string[]) => unknown): boolean {
      looks += 1;
      return super.some(predicate);
    }
  }
  const lane = new Lane(send, coalesced, () => Keys.from(['same']));
  const calls = [lane.call('first')];
  await nth(0);
  const join = async () => {
    for (let more = 0; more < 250; more += 1) calls.push(lane.call(`${more}`));
    await later();
  };
  await join();
  await join();
  expect(looks).toBeLessThan(5 * 500);
  for (let turn = 0; turn < calls.length; turn += 1) (await nth(turn)).answer();
  expect(await Promise.all(calls)).toHaveLength(501);
});

it('counts its calls, its statements and who waits, where that is asked for', async () => {
  const { send, nth } = departures();
  const tallies: LaneTally[] = [];
  const lane = new Lanes(coalesced, tallies).for('shout', send);
  const calls = [lane.call('a')];
  await nth(0);
  calls.push(lane.call('b'), lane.call('c'));
  expect(tallies.map(({ verb, calls, statements, waiting }) => [verb, calls, statements, waiting()])).toEqual([['shout', 3, 1, 2]]);
  (await nth(0)).answer();
  (await nth(1)).fail(refused());
  for (const index of [2, 3]) (await nth(index)).answer();
  await Promise.all(calls);
  // What was refused together was sent again, each by itself.
  expect(tallies.map(({ calls, statements, waiting }) => [calls, statements, waiting()])).toEqual([[3, 4, 0]]);
});
