import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKeywright } from './keywright-process.js';

let around: string;
beforeAll(async () => {
  around = await mkdtemp(join(tmpdir(), 'keywright-not-made-yet-'));
});
afterAll(() => rm(around, { recursive: true }));

/** A command with a folder of that name for its data. The issuer is one at which nobody answers. */
const keywright = (folder: string, ...argv: string[]) => keywrightWith({}, folder, ...argv);
const keywrightWith = (env: Record<string, string>, folder: string, ...argv: string[]) =>
  runKeywright({ DATA_DIR: join(around, folder), ISSUER: 'http://localhost:1', ...env }, ...argv);

const made = (folder: string) => expect.stringContaining(`there is no database in ${join(around, folder)} yet: making a new one\n`);
const found = expect.not.stringContaining('making a new one');
const secretKey = { SECRET_KEY: 'a key of more than 32 characters, for tests' };

it.each([
  ['secret key', 'where none is given', {}],
  ['database', 'where the key is given', secretKey],
  ['secret key', 'where the store is another', { DATABASE_URL: 'postgresql://x:y@127.0.0.1:1/z' }],
])('a command that makes nobody and nothing is refused where DATA_DIR has no %s, %s, and leaves nothing there', async (what, _, env) => {
  const said = `error: there is no ${what} in ${join(around, 'mistyped')}; is DATA_DIR the server's? keywright serve makes one\n`;
  expect(await keywrightWith(env, 'mistyped', 'clients', 'list')).toMatchObject({ code: 78, stdout: '', stderr: said });
  expect(await keywrightWith(env, 'mistyped', 'keys', 'rotate', '--json')).toMatchObject({ code: 78, stdout: '', stderr: said });
  expect(await readdir(around)).not.toContain('mistyped');
});

it.each([{}, secretKey])('where DATA_DIR is a file, nobody is told that a start would make one', async (env) => {
  await writeFile(join(around, 'file'), '');
  const refused = await keywrightWith(env, 'file', 'clients', 'list');
  expect(refused).toMatchObject({ code: 78, stderr: `error: DATA_DIR ${join(around, 'file')} cannot be used: it is not a folder\n` });
});

it('doctor says that there is none, and makes none', async () => {
  const examined = await keywright('mistyped', 'doctor');
  expect(examined.code).toBe(1);
  expect(examined.stdout).toMatch(/^fail +store +there is no database in .*mistyped: .*keywright serve makes one$/m);
  expect(examined.stdout).toMatch(/^ok +secret key +none in DATA_DIR yet;/m);
  expect(examined.stdout).not.toMatch(/migrations/);
  expect(await readdir(around)).not.toContain('mistyped');
});

it('one that makes something works before the first start, and says on stderr that it made the database', async () => {
  const app = ['clients', 'create', '--name', 'Nightly', '--json'];
  const first = await keywright('fresh', ...app);
  expect(first).toMatchObject({ code: 0, stderr: made('fresh') });
  expect(JSON.parse(first.stdout)).toMatchObject({ client_name: 'Nightly', scope: 'default' });
  expect(await keywright('fresh', ...app)).toMatchObject({ code: 0, stderr: found });
  const listed = await keywright('fresh', 'clients', 'list', '--json');
  expect([listed.code, listed.stderr, JSON.parse(listed.stdout).length]).toEqual([0, '', 2]);
});

it.each([
  ['clients', 'create', '--name', 'App', '--scope', 'nonsense'],
  ['clients', 'create', '--name', 'App', '--owner', 'nobody@example.com'],
  ['users', 'create', '--email', 'nonsense', '--password', 'correct horse battery staple'],
  ['resource-servers', 'create', '--identifier', 'nonsense', '--name', 'API'],
])('%s %s is refused before anything is made where a new server would refuse it (%s %s)', async (...argv) => {
  const { code, stdout, stderr } = await keywright('refused', ...argv);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^(error: --(scope|owner|email|identifier): .*\n)+$/);
  expect(await readdir(around)).not.toContain('refused');
});

it('a command that makes something, and cannot because its store is away, makes no key either', async () => {
  const env = { DATABASE_URL: 'postgresql://x:y@127.0.0.1:1/z' };
  const app = ['clients', 'create', '--name', 'X', '--grant', 'client_credentials'];
  expect(await keywrightWith(env, 'away', ...app)).toMatchObject({ code: 75, stdout: '', stderr: expect.stringContaining('cannot be reached') });
  // A registered API may bring the scope; only the store knows.
  expect(await keywrightWith(env, 'away', ...app, '--scope', 'reports:read')).toMatchObject({ code: 75, stderr: expect.stringContaining('cannot be reached') });
  const wrong = await keywrightWith(env, 'away', ...app, '--scope', 'reports:read', '--redirect-uri', 'nonsense');
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/^error: --redirect-uri: .*\n$/) });
  expect(await readdir(around)).not.toContain('away');
});

it.each([
  ['clients', 'create', '--name', 'X'],
  ['users', 'list'],
  ['keys', 'rotate'],
])('%s %s is refused where the server keeps everything inside itself, and makes nothing', async (...argv) => {
  const refused = await keywrightWith({ STORAGE: 'memory' }, 'memory', ...argv);
  const said = 'error: with STORAGE=memory a server keeps everything inside itself, where no command reaches it: use its pages or its API\n';
  expect(refused).toMatchObject({ code: 78, stdout: '', stderr: said });
  expect(await readdir(around)).not.toContain('memory');
});

it('migrate makes the database, and leaves the key to the first start', async () => {
  const migrated = await keywright('migrated', 'migrate', '--json');
  expect([migrated.code, migrated.stderr]).toEqual([0, made('migrated')]);
  expect(JSON.parse(migrated.stdout).applied.length).toBeGreaterThan(0);
  const examined = await keywright('migrated', 'doctor');
  expect(examined.stdout).toMatch(/^ok +migrations +all applied$/m);
  expect(examined.stdout).toMatch(/^ok +signing keys +none yet/m);
  expect((await readdir(join(around, 'migrated'))).includes('secret-key')).toBe(false);
  expect(await keywrightWith(secretKey, 'migrated', 'users', 'list', '--json')).toMatchObject({ code: 0, stdout: '[]\n', stderr: '' });
});
