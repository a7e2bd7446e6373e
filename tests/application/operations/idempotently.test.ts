import { beforeEach, describe, expect, it } from 'vitest';
import { Idempotently, type IdempotentRequest } from '../../../src/application/operations/idempotently.js';
import type { IdempotentRun } from '../../../src/application/ports/idempotency-repository.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { HandClock } from '../../support/hand-clock.js';

const request: IdempotentRequest = { caller: 'ada@example.com', key: 'a key', request: 'POST /clients {}' };

describe('Idempotently', () => {
  let clock: HandClock;
  let storage: Storage;
  let made: number;
  let idempotently: Idempotently;
  const create = async () => {
    made += 1;
    return { client_id: `client-${made}`, client_secret: 'shown once' };
  };
  const first = { client_id: 'client-1', client_secret: 'shown once' };
  const run = (changes: Partial<IdempotentRequest> = {}, by = idempotently) => by.execute({ ...request, ...changes }, create);

  beforeEach(() => {
    clock = new HandClock();
    storage = createMemoryStorage();
    made = 0;
    idempotently = new Idempotently(storage.idempotencyKeys, ['some secret key'], clock);
  });

  it('creates once and answers the same again, secret included', async () => {
    expect(await run()).toEqual({ outcome: 'done', answer: first, repeated: false });
    expect(await run()).toEqual({ outcome: 'done', answer: first, repeated: true });
    expect(made).toBe(1);
  });

  it('creates once among 50 at once; the others are told that it is under way', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => run()));
    expect(made).toBe(1);
    expect(results.filter(({ outcome }) => outcome === 'running')).toHaveLength(49);
    expect(await run()).toMatchObject({ answer: first, repeated: true });
  });

  it('refuses a key that was used for something else', async () => {
    await run();
    expect(await run({ request: 'POST /clients {"name":"other"}' })).toEqual({ outcome: 'other_request' });
    expect(made).toBe(1);
  });

  it.each([
    ['another key', { key: 'another key' }],
    ['the same key of another caller', { caller: 'bob' }],
    ['a caller and a key that only look the same side by side', { caller: 'ada@example.com","a', key: 'key' }],
  ])('creates anew for %s', async (_, changes) => {
    await run();
    expect(await run(changes)).toMatchObject({ answer: { client_id: 'client-2' }, repeated: false });
  });

  it('does not remember a creation that failed: the next try creates', async () => {
    await expect(idempotently.execute(request, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await run()).toMatchObject({ answer: first, repeated: false });
  });

  it('answers again for 24 hours', async () => {
    await run();
    clock.pass(24 * 3600 - 1);
    expect(await run()).toMatchObject({ answer: first, repeated: true });
    clock.pass(1);
    expect(await run()).toMatchObject({ answer: { client_id: 'client-2' }, repeated: false });
  });

  it('takes over after a minute from a run that died on the way', async () => {
    void idempotently.execute(request, () => new Promise(() => {}));
    clock.pass(59);
    expect(await run()).toEqual({ outcome: 'running' });
    clock.pass(1);
    expect(await run()).toMatchObject({ answer: first, repeated: false });
  });

  it('answers also when it cannot note the answer: what was made must not be lost', async () => {
    const away = { ...storage.idempotencyKeys, begin: async () => ({ outcome: 'fresh' }) as const, finish: async () => Promise.reject(new Error('away')) };
    const { forget } = { forget: async () => {} };
    expect(await run({}, new Idempotently({ ...away, forget }, ['some secret key'], clock))).toMatchObject({ answer: first });
  });

  describe('while one secret key takes the place of another', () => {
    const under = (...secretKeys: [string, ...string[]]) => new Idempotently(storage.idempotencyKeys, secretKeys, clock);

    it.each([
      ['old', 'old, next'],
      ['old, next', 'next, old'],
      ['next, old', 'old, next'],
      ['next', 'next, old'],
    ])('answers what was done under %s again under %s', async (then, now) => {
      const [before, after] = [then, now].map((keys) => under(...(keys.split(', ') as [string]))) as [Idempotently, Idempotently];
      await run({}, before);
      expect(await run({}, after)).toEqual({ outcome: 'done', answer: first, repeated: true });
      expect(await run({ request: 'another' }, after)).toEqual({ outcome: 'other_request' });
    });

    it('creates once among 50 at once, half of which use the one and half the other', async () => {
      const [one, other] = [under('old', 'next'), under('next', 'old')];
      const results = await Promise.all(Array.from({ length: 50 }, (_, index) => run({}, index % 2 ? one : other)));
      expect([made, results.filter(({ outcome }) => outcome === 'done').length]).toEqual([1, 1]);
      for (const by of [one, other]) expect(await run({}, by)).toMatchObject({ answer: first, repeated: true });
    });

    it('holds nothing back when a creation fails, or the key was used for something else', async () => {
      const both = under('old', 'next');
      await expect(both.execute(request, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      await run({}, under('next'));
      expect(await run({ request: 'another' }, both)).toEqual({ outcome: 'other_request' });
      expect(await run({ request: 'another' }, under('old'))).toMatchObject({ outcome: 'done', repeated: false });
    });

    it('holds nothing back when the store is away for the second key', async () => {
      const { idempotencyKeys } = storage;
      let begun = 0;
      const begin = async (one: IdempotentRun) => {
        begun += 1;
        if (begun === 2) throw new Error('away');
        return idempotencyKeys.begin(one);
      };
      const failing = new Idempotently({ begin, finish: async () => {}, forget: (id) => idempotencyKeys.forget(id) }, ['old', 'next'], clock);
      await expect(run({}, failing)).rejects.toThrow('away');
      expect(await run({}, under('old', 'next'))).toMatchObject({ answer: first, repeated: false });
    });
  });

  it('keeps nothing that the store could read, nor open with another secret key', async () => {
    const kept: (Uint8Array | IdempotentRun)[] = [];
    const { idempotencyKeys } = storage;
    const watched = new Idempotently(
      {
        begin: async (begun) => {
          kept.push(begun.id, begun.fingerprint);
          return idempotencyKeys.begin(begun);
        },
        finish: async (id, sealedAnswer, expiresAt) => {
          kept.push(sealedAnswer);
          return idempotencyKeys.finish(id, sealedAnswer, expiresAt);
        },
        forget: async () => {},
      },
      ['some secret key'],
      clock,
    );
    await run({}, watched);
    expect(kept).toHaveLength(3);
    for (const bytes of kept) expect(Buffer.from(bytes as Uint8Array).toString('latin1')).not.toMatch(/shown once|a key|ada@|clients/);
    expect(await run({}, new Idempotently(idempotencyKeys, ['another secret key'], clock))).toMatchObject({ repeated: false });
  });
});
