import type { AttemptBudget } from '../application/ports/attempt-limiter.js';
import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { trickyTexts } from './fixtures.js';
import { purgeAll } from './purge-all.js';
import { atOnce, tally } from './races.js';
import { it } from './runner.js';

let budgets = 0;

export function attemptContract(store: () => Storage): void {
  /** A budget that no other rule spends. */
  const aBudget = (attempts: number, seconds = 60): AttemptBudget => ({ name: `budget${++budgets}`, attempts, seconds });
  const take = (budget: AttemptBudget, subject = 'ada') => store().attempts.take(budget, subject);
  const giveBack = (budget: AttemptBudget, subject = 'ada') => store().attempts.giveBack(budget, subject);

  /** Real time: where an adapter takes its own from is its business. */
  const over = ({ seconds }: AttemptBudget) => new Promise((resolve) => setTimeout(resolve, seconds * 1000 + 150));

  it('lets through what the budget holds, and tells the next when to come back', async () => {
    const budget = aBudget(3);
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await take(budget)).toEqual({ outcome: 'taken' });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const refused = await take(budget);
      expect(refused.outcome).toBe('exhausted');
      if (refused.outcome === 'exhausted') expect(refused.retryAfter).toBeGreaterThan(50);
    }
  });

  it('never lets through more, of 50 who come at once', async () => {
    const budget = aBudget(7);
    expect(tally(await atOnce(50, () => take(budget)))).toEqual({ taken: 7, exhausted: 43 });
  });

  it('is whole again when the time is over, however often it was tried meanwhile', async () => {
    const budget = aBudget(2, 1);
    for (let attempt = 0; attempt < 9; attempt += 1) await take(budget);
    await over(budget);
    expect(await take(budget)).toEqual({ outcome: 'taken' });
  });

  it('counts what was given back as never taken', async () => {
    const budget = aBudget(2);
    for (let attempt = 0; attempt < 12; attempt += 1) {
      expect(await take(budget)).toEqual({ outcome: 'taken' });
      await giveBack(budget);
    }
    expect(tally([await take(budget), await take(budget), await take(budget)])).toEqual({ taken: 2, exhausted: 1 });
  });

  it('counts those that it refused too: giving one back makes no room while they are counted', async () => {
    const budget = aBudget(2);
    expect(tally([await take(budget), await take(budget), await take(budget)])).toEqual({ taken: 2, exhausted: 1 });
    await giveBack(budget);
    expect((await take(budget)).outcome).toBe('exhausted');
  });

  it('counts every subject and every budget for itself', async () => {
    const [one, other] = [aBudget(1), aBudget(1)];
    for (const subject of ['', 'ada', 'ADA', 'ada ', 'nul\0byte', 'x'.repeat(20_000), ...trickyTexts]) {
      expect(await take(one, subject), subject).toEqual({ outcome: 'taken' });
      expect((await take(one, subject)).outcome, subject).toBe('exhausted');
    }
    expect(await take(other)).toEqual({ outcome: 'taken' });
  });

  it('is not disturbed by a purge before its time, and starts anew after one', async () => {
    const [long, short] = [aBudget(1, 3600), aBudget(1, 1)];
    for (const budget of [long, short]) await take(budget);
    await over(short);
    await purgeAll(store(), new Date());
    expect((await take(long)).outcome).toBe('exhausted');
    expect(await take(short)).toEqual({ outcome: 'taken' });
  });
}
