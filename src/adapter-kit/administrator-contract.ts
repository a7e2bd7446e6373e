import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { now, plus, someUser, strangeKeys } from './fixtures.js';
import { atOnce, tally } from './races.js';
import { it } from './runner.js';

/** Needs a store in which nobody else is an administrator. */
export function administratorContract(store: () => Storage): void {
  const added = async (...fields: Partial<ReturnType<typeof someUser>>[]) => {
    const users = fields.map((one) => someUser({ admin: false, ...one }));
    for (const user of users) await store().users.add(user);
    return users as [(typeof users)[0], ...typeof users];
  };
  const administrators = async () => (await store().users.list({ limit: 100 })).items.filter(({ admin }) => admin).map(({ id }) => id);

  it('makes somebody an administrator and takes it away again, and changes nothing else', async () => {
    const [user] = await added({ disabledAt: plus(1) }, { admin: true });
    for (const _ of [1, 2]) expect(await store().users.promote(user.id)).toBe('promoted');
    expect(await store().users.find(user.id)).toEqual({ ...user, admin: true });
    for (const _ of [1, 2]) expect(await store().users.demote(user.id)).toBe('demoted');
    expect(await store().users.find(user.id)).toEqual(user);
  });

  it('promotes and demotes nobody under any other key, nor somebody who was removed', async () => {
    const [bystander, gone] = (await added({ admin: true }, {})) as [ReturnType<typeof someUser>, ReturnType<typeof someUser>];
    await store().users.remove(gone.id, plus(1));
    for (const key of [someUser().id, gone.id, ...strangeKeys]) {
      expect(await store().users.promote(key), `promote ${key}`).toBe('unknown');
      expect(await store().users.promote(key, 'first'), `promote first ${key}`).toBe('unknown');
      expect(await store().users.demote(key), `demote ${key}`).toBe('unknown');
    }
    expect(await administrators()).toEqual([bystander.id]);
  });

  it('keeps the last administrator, for whom a disabled one does not stand in', async () => {
    const [last, disabled] = await added({ admin: true }, { admin: true, disabledAt: plus(1) });
    expect(await store().users.demote(last.id)).toBe('last_administrator');
    expect(await store().users.find(last.id)).toEqual(last);
    expect(await store().users.demote(disabled?.id ?? '')).toBe('demoted');
    expect(await store().users.demote(last.id)).toBe('last_administrator');
  });

  it('leaves exactly one of 6 administrators who are demoted at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const before = await administrators();
      const ids = [...before, ...(await added(...Array.from({ length: 6 - before.length }, () => ({ admin: true })))).map(({ id }) => id)];
      const outcomes = await atOnce(6, (index) => store().users.demote(ids[index] as string));
      expect(tally(outcomes)).toEqual({ demoted: 5, last_administrator: 1 });
      expect(await administrators()).toHaveLength(1);
    }
  });

  it('disables the last administrator, or spares them when it is told to', async () => {
    const [last, disabled, person] = (await added({ admin: true }, { admin: true, disabledAt: plus(1) }, {})) as ReturnType<typeof someUser>[];
    for (const { id } of [disabled, person] as { id: string }[]) {
      expect(await store().users.setDisabled(id, plus(2), 'last_administrator')).toBe(true);
      expect((await store().users.find(id))?.disabledAt).toEqual(plus(2));
    }
    expect(await store().users.setDisabled(last?.id ?? '', plus(2), 'last_administrator')).toBe(false);
    expect(await store().users.find(last?.id ?? '')).toEqual(last);
    expect(await store().users.setDisabled(last?.id ?? '', plus(2))).toBe(true);
    for (const key of [someUser().id, ...strangeKeys]) expect(await store().users.setDisabled(key, now, 'last_administrator'), `id ${key}`).toBe(false);
  });

  it('leaves exactly one of 6 administrators who are disabled or demoted at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const users = await added(...Array.from({ length: 6 }, () => ({ admin: true })));
      const outcomes = await atOnce(6, async (index) => {
        const id = users[index]?.id ?? '';
        return index % 2 ? store().users.setDisabled(id, plus(1), 'last_administrator') : (await store().users.demote(id)) === 'demoted';
      });
      expect(outcomes.filter(Boolean)).toHaveLength(5);
      const [left] = users.filter((_, index) => !outcomes[index]);
      expect(await store().users.find(left?.id ?? '')).toEqual(left);
      await store().users.setDisabled(left?.id ?? '', plus(1));
    }
  });

  it('makes exactly one of 10 the first administrator at once', async () => {
    const users = await added(...Array.from({ length: 10 }, () => ({})));
    const outcomes = await atOnce(10, (index) => store().users.promote(users[index]?.id ?? '', 'first'));
    expect(tally(outcomes)).toEqual({ promoted: 1, not_first: 9 });
    expect(await administrators()).toEqual([users[outcomes.indexOf('promoted')]?.id]);
  });

  it('makes nobody the first administrator who is disabled, nor where there is one, though disabled', async () => {
    const [shutOut, other] = await added({ disabledAt: plus(1) }, {});
    expect(await store().users.promote(shutOut.id, 'first')).toBe('not_first');
    await store().users.promote(shutOut.id);
    expect(await store().users.promote(other?.id ?? '', 'first')).toBe('not_first');
    expect(await administrators()).toEqual([shutOut.id]);
  });
}
