import { describe, expect, it } from 'vitest';
import { KeptAnswer } from '../../../src/application/operations/kept-answer.js';

/** A question that is answered, or not, when the test says so, at a time that it sets. */
function asked() {
  const waiting: { answer(value: string): void; fail(error: Error): void }[] = [];
  const clock = { now: 1_000_000 };
  const ask = () => new Promise<string>((answer, fail) => waiting.push({ answer, fail }));
  const kept = new KeptAnswer(ask, () => clock.now);
  return { kept, clock, times: () => waiting.length, nth: (number: number) => waiting[number] ?? expect.fail(`question ${number} was not asked`) };
}

describe('a kept answer', () => {
  it.each([
    { rule: 'counts while it is fresh', passed: 999, times: 1 },
    { rule: 'is asked for anew once it is not', passed: 1000, times: 2 },
    { rule: 'counts though the clock was set back a little', passed: -999, times: 1 },
    { rule: 'is asked for anew when the clock was set back further, or it would count for as long', passed: -1000, times: 2 },
  ])('$rule', ({ passed, times: expected }) => {
    const { kept, clock, times } = asked();
    void kept.get(1000);
    clock.now += passed;
    void kept.get(1000);
    expect(times()).toBe(expected);
  });

  it('is as fresh as each who asks wants it', () => {
    const { kept, clock, times } = asked();
    void kept.get(5000);
    clock.now += 1500;
    void kept.get(5000);
    expect(times()).toBe(1);
    void kept.get(1000);
    expect(times()).toBe(2);
  });

  it('is the same for all who wait for it', async () => {
    const { kept, nth } = asked();
    const both = Promise.all([kept.get(1000), kept.get(1000)]);
    nth(0).answer('one');
    expect(await both).toEqual(['one', 'one']);
  });

  it('is told to all who wait when it fails, and not kept', async () => {
    const { kept, nth, times } = asked();
    const both = Promise.allSettled([kept.get(1000), kept.get(1000)]);
    nth(0).fail(new Error('away'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    void kept.get(1000);
    expect(times()).toBe(2);
  });

  it('is not taken for newer than what was forgotten while it was under way', () => {
    const { kept, times } = asked();
    void kept.get(1000);
    kept.forget();
    void kept.get(1000);
    expect(times()).toBe(2);
  });

  it('stays when an older one fails late', async () => {
    const { kept, nth, times } = asked();
    const older = kept.get(1000);
    kept.forget();
    const newer = kept.get(1000);
    nth(0).fail(new Error('away'));
    await expect(older).rejects.toThrow('away');
    nth(1).answer('two');
    expect(await newer).toBe('two');
    expect(await kept.get(1000)).toBe('two');
    expect(times()).toBe(2);
  });
});
