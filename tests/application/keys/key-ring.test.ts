import { describe, expect, it } from 'vitest';
import { CheckKeys } from '../../../src/application/keys/check-keys.js';
import { KeyRing } from '../../../src/application/keys/key-ring.js';
import { KeysUnreadable } from '../../../src/application/keys/keys-unreadable.js';
import { ListKeys } from '../../../src/application/keys/list-keys.js';
import { RotateKeys } from '../../../src/application/keys/rotate-keys.js';
import { TendKeys } from '../../../src/application/keys/tend-keys.js';
import { later } from '../../../src/domain/moments.js';
import type { SecretKeys } from '../../../src/domain/secret-key.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { HandClock } from '../../support/hand-clock.js';

const day = 86_400;

/** Instances over one store, by one clock. */
function someInstances() {
  const { signingKeys } = createMemoryStorage();
  const clock = new HandClock();
  const instance = (...others: string[]) => {
    const [secretKey = 'a key for tests, of more than 32 characters', ...more] = others;
    const secretKeys: SecretKeys = [secretKey, ...more];
    const ring = new KeyRing(signingKeys, secretKeys, { rotationInterval: 90 * day, publicationLead: 3600 }, clock);
    return { ring, check: new CheckKeys(signingKeys, secretKeys, clock), tend: new TendKeys(signingKeys, ring, clock), rotate: new RotateKeys(ring) };
  };
  const states = async () => (await new ListKeys(signingKeys, clock).execute()).map(({ key, state }) => [key.generation, state]);
  const signer = async ({ ring }: ReturnType<typeof instance>, seconds = 3600) => (await ring.signer('ES256', later(clock.now(), seconds))).kid;
  return { clock, instance, states, signer, signingKeys };
}

describe('signing keys', () => {
  it('are made once at the first start, whatever number of instances starts', async () => {
    const { instance, states, signer } = someInstances();
    const all = Array.from({ length: 5 }, () => instance());
    await Promise.all(all.map(({ tend }) => tend.execute()));
    expect(await states()).toEqual([[1, 'current']]);
    expect(new Set(await Promise.all(all.map((one) => signer(one)))).size).toBe(1);
  });

  it.each([1, 2])('are made once also when another instance makes them after this one looked for the %d. time', async (looks) => {
    const { instance, states, signer, signingKeys } = someInstances();
    const [one, other] = [instance(), instance()];
    const { all } = signingKeys;
    let looked = 0;
    signingKeys.all = async () => {
      const keys = await all.call(signingKeys);
      looked += 1;
      if (looked === looks) await other.tend.execute();
      return keys;
    };
    await one.tend.execute();
    expect(await states()).toEqual([[1, 'current']]);
    expect(await signer(one)).toBe(await signer(other));
  });

  it('are replaced by schedule: the next is published in time, signs in its turn, and the old one stays while a token of it is good', async () => {
    const { clock, instance, states, signer } = someInstances();
    const { tend, ...rest } = instance();
    const one = { tend, ...rest };
    await tend.execute();
    const first = await signer(one);
    clock.pass(90 * day - 3601);
    await tend.execute();
    expect(await states()).toEqual([[1, 'current']]);
    clock.pass(1);
    await tend.execute();
    await tend.execute();
    expect(await states()).toEqual([
      [1, 'current'],
      [2, 'next'],
    ]);
    clock.pass(3599);
    expect(await signer(one, 2 * day)).toBe(first);
    clock.pass(1);
    expect(await signer(one)).not.toBe(first);
    clock.pass(2 * day - 1);
    await tend.execute();
    expect(await states()).toEqual([
      [1, 'retired'],
      [2, 'current'],
    ]);
    clock.pass(2 * 3600);
    await tend.execute();
    expect(await states()).toEqual([[2, 'current']]);
  });

  it('that another SECRET_KEY sealed are refused at the start, and replaced at an operator’s word', async () => {
    const { clock, instance, states, signer } = someInstances();
    await instance().tend.execute();
    const other = instance('another key for tests, of more than 32 characters');
    await expect(other.tend.execute()).rejects.toBeInstanceOf(KeysUnreadable);
    await expect(signer(other)).rejects.toThrow('SECRET_KEY cannot open the signing keys');
    await other.rotate.execute({ now: true });
    clock.pass(10);
    await other.tend.execute();
    expect(await states()).toEqual([
      [1, 'retired'],
      [2, 'current'],
    ]);
  });

  it('are taken over from another SECRET_KEY without a pause, which doctor tells when it may go', async () => {
    const { clock, instance, states, signer } = someInstances();
    const [old, next] = ['the key of before, of 32 characters', 'the key that follows, of 32 characters'];
    const looked = async (...secretKeys: string[]) => {
      const { signing, unreadable, byAnother } = await instance(...secretKeys).check.execute();
      return { signing, unreadable, byAnother };
    };
    await instance(old).tend.execute();
    const changed = instance(next, old);
    await changed.tend.execute();
    expect(await signer(changed)).toBe(await signer(instance(old)));
    expect(await looked(next, old)).toEqual({ signing: 1, unreadable: 0, byAnother: 1 });
    expect(await looked(next)).toEqual({ signing: 1, unreadable: 1, byAnother: 0 });
    await changed.rotate.execute({ now: false });
    expect(await looked(next, old)).toEqual({ signing: 2, unreadable: 0, byAnother: 1 });
    clock.pass(3600);
    expect(await looked(next)).toEqual({ signing: 1, unreadable: 0, byAnother: 0 });
    expect(await signer(instance(old, next))).toBe(await signer(changed));
    await instance(next).tend.execute();
    expect([await states(), await signer(instance(next))]).toEqual([
      [
        [1, 'retired'],
        [2, 'current'],
      ],
      await signer(changed),
    ]);
  });

  it('hold nothing secret in clear', async () => {
    const { instance, signingKeys } = someInstances();
    await instance().tend.execute();
    const [key] = await signingKeys.all();
    expect(key?.publicJwk).not.toHaveProperty('d');
    expect(Buffer.from(key?.sealedPrivateKey ?? []).toString('latin1')).not.toContain('"d":"');
  });
});
