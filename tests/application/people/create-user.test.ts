import { beforeEach, describe, expect, it } from 'vitest';
import { CreateUser, type NewUser } from '../../../src/application/people/create-user.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { problemsOf, someClock, somePasswords, someRules } from '../some.js';

describe('CreateUser', () => {
  let storage: Storage;
  const create = (input: Partial<NewUser> = {}) =>
    new CreateUser(storage.users, somePasswords, someRules, true, someClock()).execute({
      actor: 'operator',
      email: 'ada@example.com',
      password: 'correct horse',
      ...input,
    });

  beforeEach(() => {
    storage = createMemoryStorage();
  });

  it('keeps the person under the normalised address, called by its first part, with a hash in place of the password', async () => {
    const user = await create({ email: ' Ada.L@Example.com ' });
    expect(await storage.users.findByEmail('ada.l@example.com')).toEqual(user);
    expect(user).toMatchObject({
      username: 'ada.l',
      admin: false,
      disabledAt: null,
      passwordHash: 'hashed:correct horse',
      createdAt: new Date('2030-01-01T00:00:00Z'),
    });
  });

  it('keeps the name that was chosen, trimmed, and who is an administrator', async () => {
    expect(await create({ username: ' Ada Lovelace ', admin: true })).toMatchObject({ username: 'Ada Lovelace', admin: true });
  });

  it.each([
    ['email', 'what is not an e-mail address', { email: 'ada' }],
    ['username', 'an empty username', { username: ' ' }],
    ['username', 'a long username', { username: 'u'.repeat(101) }],
    ['username', 'a control character in the username', { username: 'a\u001b[2Jb' }],
    ['password', 'a password of 7 characters', { password: '1234567' }],
    ['password', 'a password of 129 characters', { password: 'p'.repeat(129) }],
    ['password', 'no password', { password: '' }],
    ['password', 'seven characters in 14 code units', { password: '🔑'.repeat(7) }],
  ] as const)('refuses at %s: %s', async (field, _, input) => {
    expect(await problemsOf(create(input))).toEqual([field]);
    expect((await storage.users.list({ limit: 1 })).items).toEqual([]);
  });

  it('counts a password in Unicode code points: 8 to 128 of them', async () => {
    await create({ email: 'a@example.com', password: '🔑'.repeat(8) });
    await create({ email: 'b@example.com', password: '🔑'.repeat(128) });
    expect((await storage.users.list({ limit: 9 })).items).toHaveLength(2);
  });

  it('tells every problem at once', async () => {
    expect(await problemsOf(create({ email: '', password: '', username: '' }))).toEqual(['email', 'username', 'password']);
  });

  it('refuses an address that belongs to another person, however it is spelled', async () => {
    const first = await create();
    expect(await problemsOf(create({ email: 'ADA@example.com' }))).toEqual(['email']);
    expect((await storage.users.list({ limit: 9 })).items).toEqual([first]);
  });

  it('lets one of many at once have the address', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => create()));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });
});
