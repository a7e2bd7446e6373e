import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModuleError } from '../../../src/infrastructure/load-module.js';
import { loadAuthenticator } from '../../../src/infrastructure/own-users/load-authenticator.js';

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keywright-own-users-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function loaded(source: string) {
  count += 1;
  const file = join(folder, `m${count}.mjs`);
  await writeFile(file, source);
  return loadAuthenticator(file, { issuer: 'https://auth.example.com', production: true });
}

const typed = { email: 'Ada@example.com', password: 'p' };
const making = (name: string, answer: string) => `export const createAuthenticator = () => ({ name: ${name}, authenticate: async () => (${answer}) });`;

describe('AUTHENTICATOR_MODULE', () => {
  it('makes a way to sign in, from what the configuration says', async () => {
    const ownUsers = await loaded(`export async function createAuthenticator({ issuer, production }) {
      return { name: 'members', authenticate: async (typed) => ({ subject: '7', email: typed.email, emailVerified: true, username: JSON.stringify([issuer, production, Object.keys(typed)]) }) };
    }`);
    expect(ownUsers.name).toBe('members');
    expect(await ownUsers.authenticate({ ...typed, turn: { of: 'x', known: false } })).toEqual({
      issuer: 'own-users:members',
      subject: '7',
      email: 'Ada@example.com',
      emailVerified: true,
      username: '["https://auth.example.com",true,["email","password"]]',
    });
  });

  it('that is not there is told in one line', async () => {
    const missing = loadAuthenticator('./no-such-module.js', { issuer: 'https://auth.example.com', production: true });
    await expect(missing).rejects.toThrow(ModuleError);
    await expect(missing).rejects.toThrow(/^AUTHENTICATOR_MODULE names \.\/no-such-module\.js, but there is no \/.*no-such-module\.js$/);
  });

  it.each([
    ['cannot be parsed', 'export const = 1', /cannot be loaded: /],
    ['needs what is not installed', "import 'no-such-package-here'; export const createAuthenticator = 1", /cannot be loaded: .*no-such-package-here/],
    ['throws while it is loaded', "throw new Error('no table\\nstack')", /cannot be loaded: no table$/],
    ['exports something else', 'export default () => {}', /must export a function called createAuthenticator$/],
    [
      'throws when it is asked',
      "export function createAuthenticator() { throw new Error('USERS_DATABASE_URL must be set') }",
      /failed: USERS_DATABASE_URL must be set$/,
    ],
    ['makes nothing', 'export const createAuthenticator = () => null', /has no function authenticate$/],
    ['gives itself no name', making('undefined', 'null'), /its name must be/],
    ['takes the name of local accounts', making("'password'", 'null'), /its name must be/],
    ['takes a name like that of a provider', making("'provider:google'", 'null'), /its name must be/],
  ])('that %s is told in one line', async (_, source, words) => {
    const error = await loaded(source).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ModuleError);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).not.toContain('\n');
  });

  it.each([
    ['undefined', 'undefined'],
    ['true', 'true'],
    ['a person without a subject', "{ email: 'a@b.example', emailVerified: true }"],
    ['a person whose subject is a number', "{ subject: 7, email: 'a@b.example', emailVerified: true }"],
    ['a person whose subject is empty', "{ subject: '', email: 'a@b.example', emailVerified: true }"],
  ])('that answers %s signs nobody in', async (_, answer) => {
    const ownUsers = await loaded(making("'members'", answer));
    await expect(ownUsers.authenticate(typed)).rejects.toMatchObject({
      code: 'temporarily_unavailable',
      detail: 'members: answered somebody without a usable subject',
    });
  });

  it('takes nothing but true for a verified address', async () => {
    const ownUsers = await loaded(making("'members'", "{ subject: '7', email: 7, emailVerified: 'yes', username: {} }"));
    expect(await ownUsers.authenticate(typed)).toMatchObject({ email: null, emailVerified: false, username: null });
  });

  it('that throws does not say whether the password was right', async () => {
    const ownUsers = await loaded("export const createAuthenticator = () => ({ name: 'members', authenticate() { throw new Error('away') } });");
    await expect(ownUsers.authenticate(typed)).rejects.toMatchObject({ code: 'temporarily_unavailable', detail: 'members: away' });
  });

  it('that does not answer within three seconds is given up', async () => {
    const ownUsers = await loaded("export const createAuthenticator = () => ({ name: 'members', authenticate: () => new Promise(() => {}) });");
    await expect(ownUsers.authenticate(typed)).rejects.toMatchObject({ detail: 'members: no answer within 3000 ms' });
  });
});
