import { describe, expect, it } from 'vitest';
import { someSession } from '../../src/adapter-kit/fixtures.js';
import { parseToken } from '../../src/domain/tokens/opaque-token.js';
import { aCommandLine } from './a-command-line.js';

const create = ['users', 'create', '--email', 'Ada@Example.com', '--password', 'correct horse'];

describe('keywright users', () => {
  it('create prints the person, never the password', async () => {
    const cli = aCommandLine();
    const { code, stdout, stderr } = await cli.run(...create);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^id {8}\S+\ne-mail {4}ada@example\.com\nusername {2}ada\nrole {6}person\n$/);
    expect((await cli.storage.users.findByEmail('ada@example.com'))?.passwordHash).toBe('hashed:correct horse');
  });

  it('create --json prints one object', async () => {
    const user = await aCommandLine().json(...create, '--admin', '--username', 'Ada Lovelace');
    expect(user).toEqual({
      id: expect.any(String),
      email: 'ada@example.com',
      username: 'Ada Lovelace',
      admin: true,
      created_at: '2030-01-01T00:00:00.000Z',
      disabled_at: null,
    });
  });

  it.each(['correct horse', 'correct horse\n', 'correct horse\r\n'])(
    'create --password-stdin takes the password from a pipe, without the newline: %j',
    async (piped) => {
      const cli = aCommandLine();
      expect((await cli.runWith(piped, 'users', 'create', '--email', 'ada@example.com', '--password-stdin')).code).toBe(0);
      expect((await cli.storage.users.findByEmail('ada@example.com'))?.passwordHash).toBe('hashed:correct horse');
    },
  );

  it('create refuses an endless pipe', async () => {
    const { code, stderr } = await aCommandLine().runWith('p'.repeat(100_000), 'users', 'create', '--email', 'ada@example.com', '--password-stdin');
    expect([code, stderr]).toEqual([1, 'error: the standard input is longer than 64 KiB\n']);
  });

  it('create tells each problem on a line of its own, with exit code 1', async () => {
    const { code, stdout, stderr } = await aCommandLine().run('users', 'create', '--email', 'ada', '--password', 'short', '--username', '');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n').map((line) => line.split(':').slice(0, 2).join(':'))).toEqual(['error: --email', 'error: --username', 'error: --password', '']);
  });

  it('create refuses an address twice', async () => {
    const cli = aCommandLine();
    await cli.run(...create);
    expect(await cli.run(...create)).toEqual({ code: 1, stdout: '', stderr: 'error: --email: belongs to another person already\n' });
  });

  it('list shows everybody in columns, and as an array', async () => {
    const cli = aCommandLine();
    await cli.run(...create);
    await cli.run('users', 'create', '--email', 'bob@example.com', '--password', 'correct horse', '--admin');
    const { stdout } = await cli.run('users', 'list');
    expect(stdout.split('\n')[0]).toMatch(/^ID +E-MAIL +USERNAME +ROLE +CREATED +STATE$/);
    expect(stdout).toMatch(/ada@example\.com +ada +person +2030-01-01 00:00:00Z +active\n/);
    expect([...(await cli.json('users', 'list'))].map((user) => user.email).sort()).toEqual(['ada@example.com', 'bob@example.com']);
    expect([...(await cli.json('users', 'list', '--limit', '1'))]).toHaveLength(1);
  });

  it('list reads on past the first page', async () => {
    const cli = aCommandLine();
    const at = (index: number) => new Date(Date.UTC(2030, 0, 1) + index);
    for (let index = 0; index < 450; index += 1) {
      const id = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
      await cli.storage.users.add({
        id,
        email: `${index}@example.com`,
        username: 'u',
        passwordHash: null,
        admin: false,
        createdAt: at(index),
        disabledAt: null,
      });
    }
    expect(new Set([...(await cli.json('users', 'list'))].map((user) => user.id)).size).toBe(450);
    expect([...(await cli.json('users', 'list', '--limit', '201'))]).toHaveLength(201);
  });

  it('list spells out characters that would play tricks on a terminal', async () => {
    const cli = aCommandLine();
    const user = {
      id: 'x',
      email: 'ada@example.com',
      username: 'a\u001b[2J\u202eb',
      passwordHash: null,
      admin: false,
      createdAt: new Date(0),
      disabledAt: null,
    };
    await cli.storage.users.add(user);
    expect((await cli.run('users', 'list')).stdout).toContain('a\\u001b[2J\\u202eb');
  });

  it.each([
    ['by e-mail address', ['ada@example.com']],
    ['by e-mail address, named as such', ['--email', 'ADA@example.com']],
  ])('disable and enable find a person %s', async (_, named) => {
    const cli = aCommandLine();
    const { id } = await cli.json(...create);
    expect((await cli.run('users', 'disable', ...named)).stdout).toBe(
      'Disabled ada@example.com: 0 sessions ended, 0 grants revoked, 0 apps of theirs switched off.\n',
    );
    expect((await cli.storage.users.find(String(id)))?.disabledAt).not.toBeNull();
    expect((await cli.run('users', 'enable', ...named)).stdout).toBe('Enabled ada@example.com: 0 apps of theirs switched on again.\n');
    expect((await cli.storage.users.find(String(id)))?.disabledAt).toBeNull();
  });

  it('disable and enable find a person by id, and print what they did', async () => {
    const cli = aCommandLine();
    const { id } = await cli.json(...create);
    expect(await cli.json('users', 'disable', String(id))).toMatchObject({ id, disabled_at: expect.any(String), sessions_ended: 0, grants_revoked: 0 });
    expect(await cli.json('users', 'enable', String(id))).toMatchObject({ id, disabled_at: null });
  });

  it('sessions lists where a person is signed in, sign-out ends that, delete ends everything', async () => {
    const cli = aCommandLine();
    const { id } = await cli.json(...create);
    const session = someSession(String(id), { createdAt: new Date('2030-01-01'), lastSeenAt: new Date('2030-01-01'), expiresAt: new Date('2030-02-01') });
    await cli.storage.sessions.add(session);
    expect((await cli.run('users', 'sessions', 'ada@example.com')).stdout).toMatch(/^ID +BROWSER +FROM .*\n\S+ +Firefox on Linux +192\.0\.2\.7 +password /);
    expect([...(await cli.json('users', 'sessions', String(id)))]).toMatchObject([{ id: session.id, browser: 'Firefox on Linux', address: '192.0.2.7' }]);
    expect((await cli.run('users', 'sign-out', 'ada@example.com')).stdout).toBe('Signed ada@example.com out: 1 sessions ended.\n');
    expect([...(await cli.json('users', 'sessions', String(id)))]).toEqual([]);
    expect((await cli.run('users', 'delete', 'ada@example.com')).stdout).toBe(
      'Deleted ada@example.com: 0 sessions ended, 0 grants revoked, 0 clients removed.\n',
    );
    expect(await cli.storage.users.find(String(id))).toBeNull();
    for (const verb of ['sessions', 'sign-out', 'delete']) {
      expect(await cli.run('users', verb, 'ada@example.com')).toEqual({ code: 1, stdout: '', stderr: 'error: user not found\n' });
    }
  });

  it('disable and enable say when there is nobody of that name', async () => {
    for (const verb of ['disable', 'enable']) {
      expect(await aCommandLine().run('users', verb, 'eve@example.com')).toEqual({ code: 1, stdout: '', stderr: 'error: user not found\n' });
    }
  });
});

describe('users reset-link', () => {
  it('prints a link to choose a new password by, of which the store has no more than the digest', async () => {
    const { run, json, storage } = aCommandLine();
    await json('users', 'create', '--email', 'ada@example.com', '--password', 'correct horse');
    const { code, stdout } = await run('users', 'reset-link', 'ada@example.com');
    expect(code).toBe(0);
    const token = /https:\/\/auth\.example\.com\/account-link\?token=(kw_al_\S+)/.exec(stdout)?.[1] ?? '';
    const kept = await storage.passwords.findLink(parseToken(token)?.id ?? '');
    expect(kept).toMatchObject({ email: 'ada@example.com' });
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(await json('users', 'reset-link', '--email', 'ADA@example.com')).toMatchObject({
      email: 'ada@example.com',
      link: expect.stringContaining('kw_al_'),
    });
  });

  it('says when there is no such person', async () => {
    expect((await aCommandLine().run('users', 'reset-link', 'nobody@example.com')).code).toBe(1);
  });
});

describe('users promote and demote', () => {
  it('make somebody an administrator, and no longer one, named by address or id', async () => {
    const { run, json } = aCommandLine();
    for (const email of ['ada@example.com', 'grace@example.com']) await json('users', 'create', '--email', email, '--password', 'correct horse');
    expect((await run('users', 'promote', 'Grace@example.com')).stdout).toBe('grace@example.com is an administrator.\n');
    const ada = await json('users', 'promote', 'ada@example.com');
    expect(ada).toMatchObject({ admin: true });
    expect(await json('users', 'demote', String(ada.id))).toMatchObject({ email: 'ada@example.com', admin: false });
  });

  it('keep the last administrator, and say so in one line', async () => {
    const { run, json, storage } = aCommandLine();
    await json('users', 'create', '--email', 'ada@example.com', '--password', 'correct horse', '--admin');
    const { code, stderr } = await run('users', 'demote', 'ada@example.com');
    expect(code).toBe(1);
    expect(stderr).toContain('ada@example.com is the only administrator who is not disabled: promote somebody else first');
    expect(await storage.users.findByEmail('ada@example.com')).toMatchObject({ admin: true });
  });

  it.each(['promote', 'demote'])('%s says when there is no such person', async (verb) => {
    expect((await aCommandLine().run('users', verb, 'nobody@example.com')).code).toBe(1);
  });
});

describe('with LOCAL_ACCOUNTS=false', () => {
  it.each([
    ['users create', ['users', 'create', '--email', 'ada@example.com', '--password', 'correct horse']],
    ['users reset-link', ['users', 'reset-link', 'ada@example.com']],
  ])('%s is refused in one plain line, and changes nothing', async (_, argv) => {
    const { run, storage } = aCommandLine({}, false);
    const { code, stdout, stderr } = await run(...argv);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^[^\n]*local accounts are switched off here \(LOCAL_ACCOUNTS=false\)[^\n]*\n$/);
    expect((await storage.users.list({ limit: 1 })).items).toEqual([]);
  });
});
