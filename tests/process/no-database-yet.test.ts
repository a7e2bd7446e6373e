import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtFile } from '../support/built-file.js';

let around: string;
let program: string;
beforeAll(async () => {
  [around, program] = [await mkdtemp(join(tmpdir(), 'keywright-no-database-')), await builtFile('main.js')];
});
afterAll(() => rm(around, { recursive: true }));

/** A command with a folder of that name for its data. The issuer is one at which nobody answers. */
function keywright(folder: string, ...argv: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, DATA_DIR: join(around, folder), ISSUER: 'http://localhost:1' };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...argv], { env }, (error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr }));
  });
}

const made = (folder: string) => `there is no database in ${join(around, folder)} yet: making a new one\n`;

it('a command that makes nothing is refused where DATA_DIR has no database, and leaves nothing there', async () => {
  const said = `error: there is no database in ${join(around, 'mistyped')}; is DATA_DIR the server's? keywright serve or keywright migrate makes one\n`;
  expect(await keywright('mistyped', 'clients', 'list')).toEqual({ code: 78, stdout: '', stderr: said });
  expect(await keywright('mistyped', 'keys', 'rotate', '--json')).toEqual({ code: 78, stdout: '', stderr: said });
  const examined = await keywright('mistyped', 'doctor');
  expect(examined.code).toBe(1);
  expect(examined.stdout).toMatch(/^fail +store +there is no database in .*mistyped: .*keywright serve or keywright migrate makes one$/m);
  expect(examined.stdout).not.toMatch(/migrations/);
  expect(await readdir(around)).not.toContain('mistyped');
});

it('one that makes something works before the first start, and says on stderr that it made the database', async () => {
  const app = ['clients', 'create', '--name', 'Nightly', '--json'];
  const first = await keywright('fresh', ...app);
  expect(first).toMatchObject({ code: 0, stderr: made('fresh') });
  expect(JSON.parse(first.stdout)).toMatchObject({ client_name: 'Nightly', scope: 'default' });
  expect(await keywright('fresh', ...app)).toMatchObject({ code: 0, stderr: '' });
  const listed = await keywright('fresh', 'clients', 'list', '--json');
  expect([listed.code, listed.stderr, JSON.parse(listed.stdout).length]).toEqual([0, '', 2]);
});

it('migrate makes it too, and from then on the others find it', async () => {
  const migrated = await keywright('migrated', 'migrate', '--json');
  expect([migrated.code, migrated.stderr]).toEqual([0, made('migrated')]);
  expect(JSON.parse(migrated.stdout).applied.length).toBeGreaterThan(0);
  expect((await keywright('migrated', 'doctor')).stdout).toMatch(/^ok +migrations +all applied$/m);
  expect(await keywright('migrated', 'users', 'list', '--json')).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
});
