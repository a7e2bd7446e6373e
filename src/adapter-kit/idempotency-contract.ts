import type { IdempotentRun } from '../application/ports/idempotency-repository.js';
import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { newBytes, now, plus } from './fixtures.js';
import { atOnce, tally } from './races.js';
import { describe, it } from './runner.js';

export function idempotencyContract(store: () => Storage): void {
  const someRun = (fields: Partial<IdempotentRun> = {}): IdempotentRun => ({
    id: newBytes(),
    fingerprint: newBytes(),
    at: now,
    expiresAt: plus(1000),
    ...fields,
  });
  const begin = (run: IdempotentRun) => store().idempotencyKeys.begin(run);
  const finish = (run: IdempotentRun, answer: Uint8Array, expiresAt = plus(5000)) => store().idempotencyKeys.finish(run.id, answer, expiresAt);

  it('gives a key to the first who takes it, and its answer to those who ask the same', async () => {
    const [run, answer] = [someRun(), newBytes(3000)];
    expect(await begin(run)).toEqual({ outcome: 'fresh' });
    expect(await begin(run)).toEqual({ outcome: 'running' });
    await finish(run, answer);
    for (let count = 0; count < 2; count += 1) expect(await begin(run)).toEqual({ outcome: 'done', sealedAnswer: answer });
  });

  it('tells who asks for something else, running or done', async () => {
    const run = someRun();
    const other = { ...run, fingerprint: newBytes() };
    await begin(run);
    expect(await begin(other)).toEqual({ outcome: 'other_request' });
    await finish(run, newBytes());
    expect(await begin(other)).toEqual({ outcome: 'other_request' });
  });

  it('minds no other key', async () => {
    const [one, other] = [someRun(), someRun()];
    await begin(one);
    expect(await begin({ ...other, fingerprint: one.fingerprint })).toEqual({ outcome: 'fresh' });
    await store().idempotencyKeys.forget(other.id);
    expect(await begin(one)).toEqual({ outcome: 'running' });
  });

  it('has one winner among 50 who take a key at once', async () => {
    const run = someRun();
    expect(tally(await atOnce(50, () => begin(run)))).toEqual({ fresh: 1, running: 49 });
  });

  it('has one winner among 50 who take over a key that is over', async () => {
    const run = someRun();
    await begin(run);
    expect(tally(await atOnce(50, () => begin({ ...run, at: plus(1000), expiresAt: plus(2000) })))).toEqual({ fresh: 1, running: 49 });
  });

  it('frees the key of a run that came to nothing', async () => {
    const run = someRun();
    await begin(run);
    await store().idempotencyKeys.forget(run.id);
    await store().idempotencyKeys.forget(run.id);
    expect(await begin({ ...run, fingerprint: newBytes() })).toEqual({ outcome: 'fresh' });
  });

  it('keeps an answer against whoever comes too late', async () => {
    const [run, answer] = [someRun(), newBytes()];
    await begin(run);
    await finish(run, answer);
    await finish(run, newBytes());
    await store().idempotencyKeys.forget(run.id);
    expect(await begin(run)).toEqual({ outcome: 'done', sealedAnswer: answer });
  });

  it('notes no answer to what was never begun', async () => {
    const run = someRun();
    await finish(run, newBytes());
    expect(await begin(run)).toEqual({ outcome: 'fresh' });
  });

  describe.each([
    ['a run that did not finish', false, 1000],
    ['an answer', true, 5000],
  ])('%s', (_, finished, lives) => {
    it.each([
      [lives - 1, false],
      [lives, true],
    ])(`holds its key until it is over (%d ms: over is %s)`, async (milliseconds, over) => {
      const run = someRun();
      await begin(run);
      if (finished) await finish(run, newBytes());
      const { outcome } = await begin({ ...run, at: plus(milliseconds), expiresAt: plus(9000) });
      expect(outcome).toBe(over ? 'fresh' : finished ? 'done' : 'running');
    });
  });

  it('shares nothing with those who call', async () => {
    const [run, answer] = [someRun(), newBytes()];
    const { id, fingerprint } = structuredClone(run);
    await begin(run);
    await finish(run, answer);
    const kept = structuredClone(answer);
    for (const bytes of [run.fingerprint, answer]) bytes.fill(0);
    run.expiresAt.setTime(0);
    const again = await begin({ ...someRun(), id, fingerprint });
    expect(again).toEqual({ outcome: 'done', sealedAnswer: kept });
  });
}
