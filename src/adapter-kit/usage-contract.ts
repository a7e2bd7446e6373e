import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { GrantUse, SecretUse } from '../application/ports/usage-repository.js';
import { expect } from './expect.js';
import { farthest, plus, someSecret, strangeKeys, trickyTexts } from './fixtures.js';
import { givenClient, givenGrant } from './given.js';
import { atOnce } from './races.js';
import { it } from './runner.js';

export function usageContract(store: () => Storage): void {
  const record = (uses: { readonly secrets?: readonly SecretUse[]; readonly grants?: readonly GrantUse[] }) =>
    store().usage.record({ secrets: [], grants: [], ...uses });
  const useOf = async (grantId: string) => {
    const grant = await store().grants.find(grantId);
    return { lastUsedAt: grant?.lastUsedAt, usedScopes: grant?.usedScopes };
  };

  async function givenSecrets(count: number) {
    const client = await givenClient(store());
    const secrets = Array.from({ length: count }, () => someSecret(client.id));
    for (const secret of secrets) await store().clients.addSecret(secret);
    const find = async (id: string) => (await store().clients.find(client.id))?.secrets.find((secret) => secret.id === id)?.lastUsed;
    return { client, ids: secrets.map(({ id }) => id) as [string, ...string[]], find };
  }

  it.each<[string, SecretUse['from']]>([
    ['an address', '192.0.2.7'],
    ['an IPv6 address', '2001:db8::7'],
    ['an unknown place', null],
    ...trickyTexts.map((text): [string, string] => ['an odd place', text]),
  ])('keeps when a secret was used, and that it was from %s', async (_, from) => {
    const { ids, find, client } = await givenSecrets(2);
    await record({ secrets: [{ secretId: ids[0], at: plus(5), from }] });
    expect(await find(ids[0])).toEqual({ at: plus(5), from });
    expect(await find(ids[1] ?? '')).toBeNull();
    const [listed] = (await store().clients.list({}, { limit: 1000 })).items.filter(({ id }) => id === client.id);
    expect(listed?.secrets.find(({ id }) => id === ids[0])?.lastUsed).toEqual({ at: plus(5), from });
  });

  it('keeps the newest use of a secret, whatever order they come in', async () => {
    const { ids, find } = await givenSecrets(1);
    await record({ secrets: [{ secretId: ids[0], at: plus(5), from: 'newer' }] });
    await record({ secrets: [{ secretId: ids[0], at: plus(4), from: 'older' }] });
    expect(await find(ids[0])).toEqual({ at: plus(5), from: 'newer' });
    await record({ secrets: [{ secretId: ids[0], at: farthest, from: null }] });
    expect(await find(ids[0])).toEqual({ at: farthest, from: null });
  });

  it('keeps the newest use of a grant, and every scope it was ever used for, in the order of their first use', async () => {
    const { id: grantId } = await givenGrant(store());
    expect(await useOf(grantId)).toEqual({ lastUsedAt: null, usedScopes: [] });
    await record({ grants: [{ grantId, at: plus(5), scopes: ['email'] }] });
    await record({ grants: [{ grantId, at: plus(4), scopes: ['default', 'email', 'profile'] }] });
    await record({ grants: [{ grantId, at: plus(6), scopes: [] }] });
    expect(await useOf(grantId)).toEqual({ lastUsedAt: plus(6), usedScopes: ['email', 'default', 'profile'] });
  });

  it('keeps awkward scopes as they are', async () => {
    const { id: grantId } = await givenGrant(store());
    await record({ grants: [{ grantId, at: plus(5), scopes: trickyTexts }] });
    expect(await useOf(grantId)).toEqual({ lastUsedAt: plus(5), usedScopes: trickyTexts });
  });

  it('changes nothing else about a grant, and does not bring back one that was revoked', async () => {
    const grant = await givenGrant(store());
    const revoked = { at: plus(1), reason: 'revoked_by_person' } as const;
    await store().grants.revoke(grant.id, revoked.reason, revoked.at);
    await record({ grants: [{ grantId: grant.id, at: plus(5), scopes: ['default'] }] });
    expect(await store().grants.find(grant.id)).toEqual({ ...grant, revoked, lastUsedAt: plus(5), usedScopes: ['default'] });
  });

  it('takes a thousand of each at once, with different numbers of scopes', async () => {
    const { ids, find } = await givenSecrets(20);
    const grants = await atOnce(20, () => givenGrant(store()));
    const strangers = Array.from({ length: 980 }, () => randomUUID());
    await record({
      secrets: [...ids, ...strangers].map((secretId) => ({ secretId, at: plus(5), from: '192.0.2.7' })),
      grants: [...grants.map(({ id }) => id), ...strangers].map((grantId, index) => ({ grantId, at: plus(5), scopes: trickyTexts.slice(0, index % 5) })),
    });
    for (const id of ids) expect(await find(id)).toEqual({ at: plus(5), from: '192.0.2.7' });
    for (const [index, { id }] of grants.entries()) expect(await useOf(id)).toEqual({ lastUsedAt: plus(5), usedScopes: trickyTexts.slice(0, index % 5) });
  });

  it('loses nothing when 20 instances send overlapping batches at once, in any order', async () => {
    const { ids, find } = await givenSecrets(5);
    const grants = await atOnce(5, () => givenGrant(store()));
    await atOnce(20, (index) => {
      const turned = <Item>(items: readonly Item[]) => (index % 2 === 0 ? items : [...items].reverse());
      const at = plus(index);
      return record({
        secrets: turned(ids).map((secretId) => ({ secretId, at, from: `192.0.2.${index}` })),
        grants: turned(grants).map(({ id }) => ({ grantId: id, at, scopes: ['default', `scope-${index}`] })),
      });
    });
    for (const id of ids) expect(await find(id)).toEqual({ at: plus(19), from: '192.0.2.19' });
    for (const { id } of grants) {
      const { lastUsedAt, usedScopes } = await useOf(id);
      expect(lastUsedAt).toEqual(plus(19));
      expect([...(usedScopes ?? [])].sort()).toEqual(['default', ...Array.from({ length: 20 }, (_, index) => `scope-${index}`)].sort());
    }
  });

  it('passes over what is not there', async () => {
    const { id } = await givenGrant(store());
    for (const key of [randomUUID(), ...strangeKeys]) {
      await record({ secrets: [{ secretId: key, at: plus(1), from: null }], grants: [{ grantId: key, at: plus(1), scopes: ['default'] }] });
    }
    await record({});
    expect(await useOf(id)).toEqual({ lastUsedAt: null, usedScopes: [] });
  });
}
