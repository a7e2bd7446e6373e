import { beforeEach, describe, expect, it } from 'vitest';
import { atOnce, tally } from '../../../src/adapter-kit/races.js';
import { type Admission, type AdmissionTerms, AdmitIdentity } from '../../../src/application/identities/admit-identity.js';
import type { Identity } from '../../../src/domain/people/identity.js';
import { aWorld, type World } from '../../support/world.js';

const grace: Identity = { issuer: 'https://id.example', subject: 'g-1', email: 'Grace@Example.com', emailVerified: true, username: 'Grace Hopper' };
const open: AdmissionTerms = { signUp: true, emailDomains: [], firstAdministrator: null };

describe('AdmitIdentity', () => {
  let world: World;
  const admit = (changes: Partial<Identity> = {}, terms: Partial<AdmissionTerms> = {}) =>
    world.resolve(AdmitIdentity).execute({ ...grace, ...changes }, { ...open, ...terms });
  const everybody = async () => (await world.storage.users.list({ limit: 100 })).items;

  beforeEach(() => {
    world = aWorld();
  });

  it('makes an account without a password for somebody who was never here', async () => {
    const admission = await admit();
    const user = { email: 'grace@example.com', username: 'Grace Hopper', passwordHash: null, admin: false, disabledAt: null };
    expect(admission).toMatchObject({ outcome: 'admitted', user });
    expect(await everybody()).toMatchObject([user]);
  });

  it('knows them by issuer and subject afterwards, whatever their address is then', async () => {
    const { changes: _, ...first } = (await admit()) as Admission & { outcome: 'admitted' };
    for (const changes of [{}, { email: 'other@example.com' }, { emailVerified: false }, { email: null }, { username: null }])
      expect(await admit(changes)).toEqual(first);
    expect(await everybody()).toHaveLength(1);
  });

  it('knows them where new people are not let in', async () => {
    await admit();
    expect(await admit({}, { signUp: false })).toMatchObject({ outcome: 'admitted' });
  });

  it.each<[string, Partial<Identity>]>([
    ['another subject of the same issuer', { subject: 'g-2' }],
    ['the same subject of another issuer', { issuer: 'https://elsewhere.example' }],
  ])('takes %s with the same address for somebody else, who does not get the account', async (_, changes) => {
    await admit();
    expect(await admit(changes)).toEqual({ outcome: 'not_admitted', reason: 'email_in_use' });
    expect(await everybody()).toHaveLength(1);
  });

  it.each([true, false])('never hands over a local account with the same address (verified: %s)', async (emailVerified) => {
    const ada = await world.person('grace@example.com');
    expect(await admit({ emailVerified })).toEqual({ outcome: 'not_admitted', reason: emailVerified ? 'email_in_use' : 'email_unverified' });
    expect(await everybody()).toEqual([ada]);
    expect(await world.storage.identities.listOf(ada.id)).toEqual([]);
  });

  it.each<[string, Partial<Identity>, Partial<AdmissionTerms>]>([
    ['sign_up_closed', {}, { signUp: false }],
    ['email_unverified', { emailVerified: false }, {}],
    ['email_unverified', { email: null }, {}],
    ['email_unverified', { email: 'no address' }, {}],
    ['email_unverified', { email: 'grace\u202e@example.com' }, {}],
    ['email_domain', {}, { emailDomains: ['example.org'] }],
    ['email_domain', { email: 'grace@sub.example.org' }, { emailDomains: ['example.org'] }],
    ['email_domain', { email: 'grace@example.org@evil.example' }, { emailDomains: ['example.org'] }],
    ['email_domain', { email: 'grace\u202e@example.org' }, { emailDomains: ['example.org'] }],
    ['email_domain', { emailVerified: false, email: 'grace@example.org' }, { emailDomains: ['example.org'] }],
    ['email_domain', { email: null }, { emailDomains: ['example.org'] }],
  ])('says %s of %j under %j, and makes nobody', async (reason, changes, terms) => {
    expect(await admit(changes, terms)).toEqual({ outcome: 'not_admitted', reason });
    expect(await everybody()).toEqual([]);
  });

  it('lets in who has a verified address of a domain that is named', async () => {
    expect(await admit({ email: 'Grace@EXAMPLE.org' }, { emailDomains: ['example.com', 'example.org'] })).toMatchObject({ outcome: 'admitted' });
  });

  it('shuts out somebody who left the domain', async () => {
    await admit({}, { emailDomains: ['example.com'] });
    expect(await admit({ email: 'grace@elsewhere.example' }, { emailDomains: ['example.com'] })).toEqual({ outcome: 'not_admitted', reason: 'email_domain' });
  });

  it('lets nobody in who is disabled', async () => {
    const admission = await admit();
    if (admission.outcome !== 'admitted') throw new Error('not admitted');
    await world.storage.users.setDisabled(admission.user.id, world.clock.now());
    expect(await admit()).toEqual({ outcome: 'not_admitted', reason: 'disabled' });
  });

  it('makes one person of ten first sign-ins at once', async () => {
    const admissions = await atOnce(10, () => admit());
    expect(tally(admissions)).toEqual({ admitted: 10 });
    expect(new Set(admissions.map((one) => one.outcome === 'admitted' && one.user.id)).size).toBe(1);
    expect(await everybody()).toHaveLength(1);
  });

  it.each<[Partial<Identity>, string]>([
    [{ username: null }, 'grace'],
    [{ username: ' \u0000 ' }, 'grace'],
    [{ username: 'Grace\r\nHopper' }, 'Grace Hopper'],
    [{ username: '𝒜'.repeat(200) }, '𝒜'.repeat(100)],
  ])('calls them what fits, by %j', async (changes, username) => {
    expect(await admit(changes)).toMatchObject({ user: { username } });
  });

  it.each<Partial<Identity>>([{ subject: '' }, { subject: 'x'.repeat(256) }, { subject: 'a\u0000b' }, { issuer: '' }, { issuer: 'with blank' }])(
    'refuses what cannot name a person for good: %j',
    async (changes) => {
      await expect(admit(changes)).rejects.toThrow();
      expect(await everybody()).toEqual([]);
    },
  );

  describe('as the first administrator', () => {
    const named = { firstAdministrator: 'grace@example.com' };
    const administrators = async () => (await everybody()).filter(({ admin }) => admin).map(({ email }) => email);

    it('is whoever comes with the verified address that configuration names, new here or not', async () => {
      await admit();
      expect(await admit({}, named)).toMatchObject({ user: { admin: true } });
      expect(await administrators()).toEqual(['grace@example.com']);
    });

    it.each<[string, Partial<Identity>, Partial<AdmissionTerms>]>([
      ['without a name in the terms of this issuer', {}, {}],
      ['with another address', { email: 'eve@example.com' }, named],
      ['with the address, but unverified now', { emailVerified: false }, named],
    ])('is nobody %s', async (_, changes, terms) => {
      await admit();
      await admit(changes, terms);
      expect(await administrators()).toEqual([]);
    });

    it('is nobody while there is an administrator, so that taking the rights away lasts', async () => {
      const ada = await world.person();
      await world.storage.users.promote(ada.id);
      expect(await admit({}, named)).toMatchObject({ user: { admin: false } });
      expect(await administrators()).toEqual(['ada@example.com']);
    });

    it('is not a local account with that address', async () => {
      await world.person('grace@example.com');
      expect(await admit({}, named)).toMatchObject({ outcome: 'not_admitted' });
      expect(await administrators()).toEqual([]);
    });
  });
});
