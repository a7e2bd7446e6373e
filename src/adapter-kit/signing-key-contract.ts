import type { Storage } from '../application/ports/storage.js';
import type { SigningKey } from '../domain/keys/signing-key.js';
import { expect } from './expect.js';
import { farthest, plus, someSigningKey, strangeKeys } from './fixtures.js';
import { atOnce, tally, tenTimes } from './races.js';
import { it } from './runner.js';

export function signingKeyContract(store: () => Storage): void {
  const given = async (fields: Partial<SigningKey> = {}) => {
    const key = someSigningKey(fields);
    expect(await store().signingKeys.add(key)).toBe('added');
    return key;
  };

  it('keeps every field of a key, and lists them by algorithm and generation', async () => {
    const rsa = await given({ algorithm: 'RS256', neededUntil: farthest });
    const second = await given({ generation: 2 });
    const first = await given();
    const ed = await given({ algorithm: 'EdDSA' });
    expect(await store().signingKeys.all()).toEqual([first, second, ed, rsa]);
  });

  it('keeps one key of a generation, of however many come at once', () =>
    tenTimes(async () => {
      const generation = (await store().signingKeys.all()).length + 1;
      expect(tally(await atOnce(10, () => store().signingKeys.add(someSigningKey({ generation }))))).toEqual({ added: 1, taken: 9 });
      expect((await store().signingKeys.all()).length).toBe(generation);
    }));

  it('moves the moment until which a key is needed on, never back', async () => {
    const key = await given();
    await atOnce(10, (index) => store().signingKeys.need(key.id, plus(index * 5000)));
    expect(await store().signingKeys.need(key.id, plus(2000))).toBe(true);
    expect(await store().signingKeys.all()).toEqual([{ ...key, neededUntil: plus(45_000) }]);
    for (const id of strangeKeys) expect(await store().signingKeys.need(id, plus(0)), `id ${id}`).toBe(false);
  });

  it('withdraws a key at once, though tokens of it are good, and no other', async () => {
    const [leaked, other] = [await given({ neededUntil: farthest }), await given({ generation: 2 })];
    expect((await atOnce(5, () => store().signingKeys.withdraw(leaked.id))).filter((done) => done)).toEqual([true]);
    expect(await store().signingKeys.all()).toEqual([other]);
    expect(await store().signingKeys.need(leaked.id, plus(0))).toBe(false);
    for (const id of strangeKeys) expect(await store().signingKeys.withdraw(id), `id ${id}`).toBe(false);
  });

  it('removes a key when a later one signs and no token of it can be good, and no other', async () => {
    const [unneeded, needed, current] = [
      await given({ generation: 1, neededUntil: plus(5000) }),
      await given({ generation: 2, neededUntil: plus(9000) }),
      await given({ generation: 3, signsFrom: plus(4000), neededUntil: plus(4000) }),
    ];
    const next = await given({ generation: 4, signsFrom: plus(8000), neededUntil: plus(8000) });
    const other = await given({ algorithm: 'EdDSA', generation: 1, neededUntil: plus(0) });
    expect(await store().signingKeys.removeUnneeded(plus(5000))).toBe(0);
    expect(await store().signingKeys.removeUnneeded(plus(5001))).toBe(1);
    expect(await store().signingKeys.all()).toEqual([needed, current, next, other]);
    expect(await store().signingKeys.removeUnneeded(plus(9001))).toBe(2);
    expect(await store().signingKeys.all()).toEqual([next, other]);
    expect(await store().signingKeys.need(unneeded.id, plus(0))).toBe(false);
  });
}
