import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';
import { StoreWatch } from '../../src/serving/store-watch.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const refusal = (code: string, reason: string) => new StorageUnavailable(Object.assign(new Error(reason), { code }));
const full = () => refusal('53100', 'could not extend file');
const begins = (code: string, reason: string) => ['error', { code, reason }, 'the store refuses work; requests are answered 503'];

interface Store {
  failsWhenAsked: 'never' | 'thoroughly' | 'always';
  with(): Error;
  /** It hangs until then. */
  until?: Promise<void>;
}

/** A store that fails as long as a test wants it to, when asked thoroughly or always. */
function world() {
  const lines: unknown[][] = [];
  const asked: boolean[] = [];
  const store: Store = { failsWhenAsked: 'never', with: full };
  const line = (level: string) => (facts: object, words: string) => void lines.push([level, facts, words]);
  const watch = new StoreWatch(
    async (thoroughly) => {
      asked.push(thoroughly);
      await store.until;
      if (store.failsWhenAsked === 'always' || (thoroughly && store.failsWhenAsked === 'thoroughly')) throw store.with();
    },
    { error: line('error'), warn: line('warn') },
  );
  return { lines, asked, store, watch };
}

/** What comes back ends it. */
function hang(store: Store): () => void {
  let answer = () => {};
  store.until = new Promise((resolve) => (answer = resolve));
  return () => answer();
}

describe('a watch over the store', () => {
  it('asks the store once a second, however often it is asked', async () => {
    const { asked, watch } = world();
    await Promise.all([watch.ready(), watch.ready()]);
    await watch.ready();
    expect(asked).toEqual([false]);
    vi.advanceTimersByTime(1000);
    await watch.ready();
    expect(asked).toEqual([false, false]);
  });

  it('is not ready from the first refused request on, though a look that costs little sees nothing, and ready again without requests', async () => {
    const { lines, store, watch } = world();
    store.failsWhenAsked = 'thoroughly';
    await watch.ready();
    for (let request = 0; request < 50; request += 1) watch.noticed(full());
    await expect(watch.ready()).rejects.toThrow(StorageUnavailable);
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(watch.ready()).rejects.toThrow(StorageUnavailable);
    expect(lines).toEqual([begins('53100', 'could not extend file')]);

    store.failsWhenAsked = 'never';
    await vi.advanceTimersByTimeAsync(1000);
    await watch.ready();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(lines.slice(1)).toEqual([['warn', { seconds: expect.any(Number) }, 'the store works again']]);
  });

  it('says so when it finds out by itself, and each cause of one outage once', async () => {
    const { lines, store, watch } = world();
    store.failsWhenAsked = 'always';
    store.with = () => refusal('57P01', 'terminating connection');
    await expect(watch.ready()).rejects.toThrow(StorageUnavailable);
    store.with = () => refusal('ECONNREFUSED', 'connect ECONNREFUSED');
    await vi.advanceTimersByTimeAsync(5000);
    store.with = () => refusal('57P01', 'terminating connection');
    await vi.advanceTimersByTimeAsync(5000);
    expect(lines).toEqual([begins('57P01', 'terminating connection'), begins('ECONNREFUSED', 'connect ECONNREFUSED')]);
  });

  it('says what is known to be the matter, and what to do', () => {
    const { lines, watch } = world();
    watch.noticed(new StorageUnavailable(new Error('could not extend file'), { reason: 'the disk is full', advice: 'make room' }));
    // As a module in JavaScript may, with words alone.
    watch.noticed(new StorageUnavailable('no line to it'));
    expect(lines).toEqual([
      ['error', { reason: 'the disk is full: could not extend file', advice: 'make room' }, expect.any(String)],
      ['error', { reason: 'no line to it' }, expect.any(String)],
    ]);
    watch.stop();
  });

  it('says once what else a look fails of, and when that is over', async () => {
    const { lines, store, watch } = world();
    const fault = new TypeError('no rows');
    store.failsWhenAsked = 'always';
    store.with = () => fault;
    await expect(watch.ready()).rejects.toThrow(fault);
    await vi.advanceTimersByTimeAsync(10_000);
    store.failsWhenAsked = 'never';
    await vi.advanceTimersByTimeAsync(10_000);
    await watch.ready();
    expect(lines).toEqual([
      ['error', { err: fault }, 'looking at the store failed; not ready'],
      ['warn', { seconds: expect.any(Number) }, 'the store works again'],
    ]);
  });

  it('asks a store that hangs once, and its answer is that of all who asked meanwhile', async () => {
    const { asked, store, watch } = world();
    watch.noticed(full());
    const answer = hang(store);
    const first = watch.ready();
    await vi.advanceTimersByTimeAsync(3500);
    const second = watch.ready();
    expect(asked).toEqual([true]);
    answer();
    await Promise.all([first, second]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([true, true]);
    watch.stop();
  });

  it('is silent once it is stopped, though a look under way fails because the store is closed', async () => {
    const { asked, lines, store, watch } = world();
    store.failsWhenAsked = 'always';
    const answer = hang(store);
    const look = watch.ready();
    watch.stop();
    answer();
    await expect(look).rejects.toThrow(StorageUnavailable);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([asked, lines]).toEqual([[false], []]);
  });

  it('stays ready while requests fail for what concerns them alone', async () => {
    const { lines, watch } = world();
    watch.noticed(refusal('55P03', 'canceling statement due to lock timeout'));
    await watch.ready();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(lines.map(([level]) => level)).toEqual(['error', 'warn']);
  });
});
