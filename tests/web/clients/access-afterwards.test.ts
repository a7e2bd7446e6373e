import { describe, expect, it } from 'vitest';
import { someSecret } from '../../../src/adapter-kit/fixtures.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { accessAfterwards } from '../../../src/interfaces/web/views/clients/access-afterwards.js';
import { reachText } from '../../../src/interfaces/web/views/clients/reach-text.js';
import { someClient } from '../../application/some.js';

const secrets = [someSecret('app')];
const both: Partial<Client> = { grantTypes: ['authorization_code', 'client_credentials'], secrets };
const machine: Partial<Client> = { grantTypes: ['client_credentials'], secrets };
const off: Partial<Client> = { disabledAt: new Date(), disabledBy: 'owner' };

describe('When all access of an app was ended, the page says', () => {
  it.each<[string, Partial<Client>, boolean, string]>([
    [
      'of one that acts for people and itself, ended by its owner',
      both,
      true,
      'People can connect it again; those who agreed before are not asked again. It can obtain new access for itself.',
    ],
    ['of the same, ended by another', both, false, 'People can connect it again, and are asked first. It can obtain new access for itself.'],
    ['of one that only people connect', { ...both, grantTypes: ['authorization_code'] }, false, 'People can connect it again, and are asked first.'],
    [
      'of a public one',
      { type: 'public', grantTypes: ['authorization_code'], secrets: [] },
      true,
      'People can connect it again; those who agreed before are not asked again.',
    ],
    ['of one that asks nobody', { ...both, grantTypes: ['authorization_code'], consent: 'skip' }, false, 'People can connect it again.'],
    ['of a machine', machine, true, 'It can obtain new access for itself.'],
    ['of a machine without a secret', { ...machine, secrets: [] }, true, 'It gets nothing new without a secret.'],
    ['of a machine that is switched off', { ...machine, ...off }, true, 'It gets nothing new while it is switched off.'],
    [
      'of one for people that is switched off',
      { ...both, ...off },
      false,
      'It gets nothing new while it is switched off. Once it is enabled, people can connect it again, and are asked first.',
    ],
    [
      'of one for people without a secret',
      { ...both, secrets: [] },
      true,
      'It gets nothing new without a secret. Once it has one, people can connect it again; those who agreed before are not asked again.',
    ],
  ])('%s, what it can do then', (_, changes, byOwner, text) => {
    expect(accessAfterwards(someClient(changes), byOwner)).toBe(text);
  });
});

describe('Before all access of an app is ended, or it is deleted, the page says', () => {
  const people: Partial<Client> = { grantTypes: ['authorization_code'] };

  it.each<[string, Partial<Client>, { people: number; grants: number; more: boolean }, string | null]>([
    ['that nobody is connected', people, { people: 0, grants: 0, more: false }, 'Nobody is connected with it.'],
    ['nothing of people where nobody can be connected', machine, { people: 0, grants: 0, more: false }, null],
    [
      'whom it concerns though nobody can be connected any more',
      machine,
      { people: 1, grants: 1, more: false },
      'It ends the access of 1 person at once: 1 grant, with every token that came of it.',
    ],
    [
      'how many people lose access',
      people,
      { people: 2, grants: 3, more: false },
      'It ends the access of 2 people at once: 3 grants, with every token that came of them.',
    ],
    [
      'that they are very many',
      people,
      { people: 9, grants: 10_000, more: true },
      'It ends the access of very many people at once: more than 10,000 grants, with every token that came of them.',
    ],
  ])('%s', (_, changes, reach, text) => {
    expect(reachText(reach, someClient(changes))).toBe(text);
  });
});
