import { spawn } from 'node:child_process';
import { randomBytes, scryptSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, KeywrightProcess } from '../process/keywright-process.js';
import { Browser } from '../support/browser.js';
import { builtFile } from '../support/built-file.js';
import { bareDatabase, type TestDatabase } from '../support/postgres.js';
import { overFetch } from '../support/transport.js';

const folder = fileURLToPath(new URL('../../examples/own-users/', import.meta.url));
const module = join(folder, 'own-users.js');

let database: TestDatabase;
let members: Client;
let dataDir: string;
let keywright: KeywrightProcess;

async function addMember(email: string, { confirmed = true, blocked = false } = {}): Promise<void> {
  const salt = randomBytes(16);
  const row = [email, 'Grace Hopper', confirmed ? new Date() : null, blocked, salt, scryptSync('their password', salt, 64)];
  await members.query('INSERT INTO members (email, full_name, confirmed_at, blocked, password_salt, password_hash) VALUES ($1, $2, $3, $4, $5, $6)', row);
}

beforeAll(async () => {
  database = await bareDatabase();
  members = new Client({ connectionString: database.url });
  await members.connect();
  await members.query(await readFile(join(folder, 'members.sql'), 'utf8'));
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-own-users-'));
  const env = { AUTHENTICATOR_MODULE: module, USERS_DATABASE_URL: database.url, STORAGE: 'memory', ADMIN_PASSWORD: 'an administrator here' };
  keywright = await KeywrightProcess.start(dataDir, await freePort(), env);
});
afterAll(async () => {
  expect(await keywright?.stop()).toBe(0);
  await members?.end();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const browser = () => new Browser(overFetch, keywright.issuer);
const signIn = (email: string, password = 'their password', who = browser()) => who.signIn('/account', { email, password });

describe('The example with a user table of the team’s own', () => {
  it('is under 60 lines', async () => {
    expect((await readFile(module, 'utf8')).split('\n').length).toBeLessThan(60);
  });

  it('signs its users in, however they write their address, and notes how', async () => {
    await addMember('grace@members.example');
    const first = await signIn('Grace@Members.example');
    expect([first.status, first.url.pathname]).toEqual([200, '/account']);
    for (const words of ['grace@members.example', 'Grace Hopper', 'through members']) expect(first.text).toContain(words);
    expect(first.text).not.toContain('Change your password');
  });

  it('knows them by the key of their row when their address changes', async () => {
    await addMember('heidi@members.example');
    await signIn('heidi@members.example');
    await members.query("UPDATE members SET email = 'heidi@new.example' WHERE email = 'heidi@members.example'");
    expect((await signIn('heidi@new.example')).text).toContain('heidi@members.example');
  });

  it.each<[string, string, string, { confirmed?: boolean; blocked?: boolean } | null, RegExp]>([
    ['with a wrong password', 'ivan@members.example', 'wrong', {}, /do not go together/],
    ['whom nobody knows', 'nobody@members.example', 'their password', null, /do not go together/],
    ['who is blocked there', 'judy@members.example', 'their password', { blocked: true }, /do not go together/],
    ['whose address is not confirmed', 'kim@members.example', 'their password', { confirmed: false }, /confirmed as yours/],
    ['whose address somebody has here', 'admin@localhost', 'their password', {}, /account with your e-mail address already/],
  ])('lets nobody in %s', async (_, email, password, member, words) => {
    if (member) await addMember(email, member);
    const page = await signIn(email, password);
    expect([page.status, page.url.pathname]).toEqual([401, '/sign-in']);
    expect(page.text).toMatch(words);
  });

  it('leaves local accounts as they are', async () => {
    expect((await signIn('admin@localhost', 'an administrator here')).url.pathname).toBe('/account');
  });

  it('asks to try again while the table cannot be read', async () => {
    await members.query('ALTER TABLE members RENAME TO away');
    const page = await signIn('grace@members.example');
    await members.query('ALTER TABLE away RENAME TO members');
    expect(page.status).toBe(503);
    expect((await signIn('grace@members.example')).status).toBe(200);
  });
});

it.each([
  ['that is not there', './no-such-file.js', /^error: AUTHENTICATOR_MODULE names \.\/no-such-file\.js, but there is no [^\n]+\n$/],
  ['that does not want to start', module, /^error: AUTHENTICATOR_MODULE [^\n]+ failed: USERS_DATABASE_URL must be set[^\n]*\n$/],
])('a module %s stops the start with one line and exit code 78', async (_, file, line) => {
  const env = { PATH: process.env.PATH, STORAGE: 'memory', DATA_DIR: dataDir, AUTHENTICATOR_MODULE: file };
  const child = spawn(process.execPath, [await builtFile('main.js'), 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, 'close');
  expect([code, said]).toEqual([78, expect.stringMatching(line)]);
});
