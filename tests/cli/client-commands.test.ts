import { describe, expect, it } from 'vitest';
import { aCommandLine, type CommandLineUnderTest } from './a-command-line.js';

const app = ['clients', 'create', '--name', 'App', '--redirect-uri', 'https://app.example/cb'];

async function idOf(cli: CommandLineUnderTest, ...argv: string[]): Promise<string> {
  return String((await cli.json(...(argv.length > 0 ? argv : app))).client_id);
}

describe('keywright clients create', () => {
  it('prints with --json exactly one object, in the words of RFC 7591, with the secret', async () => {
    const { stdout, stderr } = await aCommandLine().run(...app, '--json');
    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      client_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      client_secret: expect.stringMatching(/^kw_cs_/),
      client_secret_expires_at: 0,
      client_id_issued_at: Date.UTC(2030, 0, 1) / 1000,
      client_name: 'App',
      redirect_uris: ['https://app.example/cb'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      scope: 'default profile email offline_access',
      token_endpoint_auth_method: 'client_secret_basic',
      pkce: 'required',
      refresh: 'rotate',
      consent: 'ask',
      owner_id: null,
    });
  });

  it('prints the secret for people too, with a sentence that it is shown once', async () => {
    const { stdout } = await aCommandLine().run(...app);
    expect(stdout).toMatch(/^client secret +kw_cs_\S+$/m);
    expect(stdout).toContain('shown this once');
  });

  it('reads every flag', async () => {
    const cli = aCommandLine();
    await cli.run('users', 'create', '--email', 'ada@example.com', '--password', 'correct horse');
    const owner = await cli.storage.users.findByEmail('ada@example.com');
    const flags =
      '--redirect-uri http://127.0.0.1/cb --grant authorization_code --grant refresh_token --grant client_credentials --scope default --scope profile --optional-scope profile --no-pkce --refresh keep';
    const more =
      '--owner ada@example.com --homepage https://app.example --logo https://app.example/l.png --skip-consent --access-token-format jwt --access-token-lifetime 600 --refresh-idle-lifetime 3600 --refresh-absolute-lifetime 86400';
    const client = await cli.json(...app, ...flags.split(' '), ...more.split(' '), '--description', 'Some words');
    expect(client).toMatchObject({
      redirect_uris: ['https://app.example/cb', 'http://127.0.0.1/cb'],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      scope: 'default profile',
      optional_scope: 'profile',
      pkce: 'optional',
      refresh: 'keep',
      consent: 'skip',
      description: 'Some words',
      client_uri: 'https://app.example',
      logo_uri: 'https://app.example/l.png',
      access_token_format: 'jwt',
      access_token_lifetime: 600,
      refresh_token_idle_lifetime: 3600,
      refresh_token_absolute_lifetime: 86400,
      owner_id: owner?.id,
    });
    expect(await cli.storage.clients.find(String(client.client_id))).toMatchObject({ pkce: 'optional', refresh: 'keep', consent: 'skip', ownerId: owner?.id });
  });

  it('takes scopes as they stand in a scope parameter too (RFC 6749 §3.3)', async () => {
    expect(await aCommandLine().json(...app, '--scope', 'default email', '--scope', 'profile')).toMatchObject({ scope: 'default email profile' });
  });

  it('makes a public client without a secret (RFC 6749 §2.1)', async () => {
    const client = await aCommandLine().json(...app, '--public');
    expect(client).toMatchObject({ token_endpoint_auth_method: 'none', secrets: [] });
    expect(client).not.toHaveProperty('client_secret');
  });

  it('makes a client without a redirect URI one that acts for itself (RFC 6749 §4.4)', async () => {
    expect(await aCommandLine().json('clients', 'create', '--name', 'Machine')).toMatchObject({
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      scope: 'default',
    });
    const { stdout } = await aCommandLine().run('clients', 'create', '--name', 'Machine');
    expect(stdout).toMatch(/^grant types +client_credentials$/m);
    expect(stdout).not.toMatch(/^(PKCE|refresh|consent) /m);
  });

  it('tells each problem on a line of its own, at its flag, with exit code 1, and keeps nothing', async () => {
    const cli = aCommandLine();
    const wrong = [
      '--redirect-uri',
      'http://app.example/cb',
      '--redirect-uri',
      'JavaScript:x',
      '--scope',
      'root',
      '--access-token-lifetime',
      '5',
      '--owner',
      'eve@example.com',
    ];
    const { code, stdout, stderr } = await cli.run(...app, ...wrong);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n').map((line) => line.split(':')[1])).toEqual([
      ' --redirect-uri',
      ' --redirect-uri',
      ' --scope',
      ' --access-token-lifetime',
      undefined,
    ]);
    expect(await cli.json('clients', 'list')).toEqual([]);
    expect((await cli.run(...app, '--owner', 'eve@example.com')).stderr).toBe('error: --owner: there is no such person\n');
  });

  it('refuses a public client without PKCE (RFC 9700 §2.1.1)', async () => {
    expect((await aCommandLine().run(...app, '--public', '--no-pkce')).stderr).toBe('error: --pkce: a public client must use PKCE\n');
  });
});

describe('keywright clients', () => {
  it('show prints a client without any secret in full', async () => {
    const cli = aCommandLine();
    const { client_id: id, client_secret: secret } = await cli.json(...app);
    const shown = await cli.run('clients', 'show', String(id));
    expect(shown.stdout).toContain('redirect URIs  https://app.example/cb\n');
    expect(shown.stdout).not.toContain(String(secret));
    expect(await cli.json('clients', 'show', String(id))).not.toHaveProperty('client_secret');
  });

  it('list prints the newest first, all or those of one person', async () => {
    const cli = aCommandLine();
    await cli.run('users', 'create', '--email', 'ada@example.com', '--password', 'correct horse');
    const [adas, nobodys] = [await idOf(cli, ...app, '--owner', 'ada@example.com'), await idOf(cli)];
    const ids = async (...flags: string[]) => [...(await cli.json('clients', 'list', ...flags))].map((client) => client.client_id);
    expect((await ids()).sort()).toEqual([adas, nobodys].sort());
    expect(await ids('--owner', 'ada@example.com')).toEqual([adas]);
    expect(await ids('--limit', '1')).toHaveLength(1);
    expect((await cli.run('clients', 'list')).stdout).toMatch(/^CLIENT ID +NAME +TYPE +STATE +CREATED\n/);
    expect((await cli.run('clients', 'list', '--owner', 'eve@example.com')).stderr).toBe('error: user not found\n');
  });

  it('edit adds with a flag, takes away with its removal, and leaves the rest', async () => {
    const cli = aCommandLine();
    const id = await idOf(cli, ...app, '--description', 'Some words', '--access-token-lifetime', '600', '--scope', 'default profile email', '--no-pkce');
    const flags =
      '--redirect-uri https://new.example/cb --remove-redirect-uri https://app.example/cb --remove-scope email --remove-grant refresh_token --pkce --no-description --no-access-token-lifetime --optional-scope profile';
    const edited = await cli.json('clients', 'edit', id, '--name', 'Renamed', ...flags.split(' '));
    expect(edited).toMatchObject({
      client_name: 'Renamed',
      redirect_uris: ['https://new.example/cb'],
      scope: 'default profile',
      optional_scope: 'profile',
      grant_types: ['authorization_code'],
      pkce: 'required',
      refresh: 'rotate',
      description: null,
      access_token_lifetime: null,
    });
    expect(await cli.json('clients', 'show', id)).toEqual(edited);
  });

  it('edit changes nothing without a flag', async () => {
    const cli = aCommandLine();
    const id = await idOf(cli, ...app, '--no-pkce', '--skip-consent', '--refresh', 'keep');
    const before = await cli.json('clients', 'show', id);
    expect(await cli.json('clients', 'edit', id)).toEqual({ ...before, version: 2 });
  });

  it('edit turns a confidential client into a public one and back, and asks people again', async () => {
    const cli = aCommandLine();
    const id = await idOf(cli, ...app, '--skip-consent');
    expect(await cli.json('clients', 'edit', id, '--public', '--ask-consent')).toMatchObject({ token_endpoint_auth_method: 'none', consent: 'ask' });
    expect(await cli.json('clients', 'edit', id, '--confidential', '--skip-consent')).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      consent: 'skip',
    });
  });

  it('edit refuses to take away what is not there: a typing error must not pass for a removal', async () => {
    const cli = aCommandLine();
    const { code, stderr } = await cli.run('clients', 'edit', await idOf(cli), '--remove-redirect-uri', 'https://app.example/cb/');
    expect([code, stderr]).toEqual([1, 'error: --redirect-uri: "https://app.example/cb/" is not there to be removed\n']);
  });

  it('edit refuses what cannot be saved and changes nothing', async () => {
    const cli = aCommandLine();
    const id = await idOf(cli);
    expect((await cli.run('clients', 'edit', id, '--name', 'Renamed', '--remove-redirect-uri', 'https://app.example/cb')).code).toBe(1);
    expect(await cli.json('clients', 'show', id)).toMatchObject({ client_name: 'App', redirect_uris: ['https://app.example/cb'] });
  });

  it('disable switches off, enable on again', async () => {
    const cli = aCommandLine();
    const id = await idOf(cli);
    expect((await cli.run('clients', 'disable', id)).stdout).toBe(`Disabled client ${id}.\n`);
    expect(await cli.json('clients', 'show', id)).toMatchObject({ disabled_at: expect.any(String), disabled_by: 'house' });
    expect((await cli.run('clients', 'show', id)).stdout).toMatch(/^disabled {2,}.* by the house$/m);
    expect(await cli.json('clients', 'enable', id)).toMatchObject({ client_id: id, disabled_at: null, disabled_by: null });
  });

  it('delete removes', async () => {
    const cli = aCommandLine();
    const [one, other] = [await idOf(cli), await idOf(cli)];
    expect(await cli.json('clients', 'delete', one)).toEqual({ client_id: one, deleted: true, people: 0, grants: 0, more: false });
    expect((await cli.run('clients', 'delete', other)).stdout).toBe(`Deleted client ${other}: 0 grants of 0 people and every token of it have ended.\n`);
    expect((await cli.run('clients', 'delete', other)).code).toBe(1);
  });

  it.each(['show', 'edit', 'delete', 'enable', 'disable', 'grants', 'secrets add', 'secrets list', 'secrets revoke'])(
    '%s says when there is no such client',
    async (command) => {
      const rest = command === 'secrets revoke' ? ['y'] : [];
      expect(await aCommandLine().run('clients', ...command.split(' '), 'x', ...rest)).toEqual({ code: 1, stdout: '', stderr: 'error: client not found\n' });
    },
  );

  it('spells out characters in a description that would play tricks on a terminal', async () => {
    const cli = aCommandLine();
    const id = await idOf(cli, ...app, '--description', 'One\u001b]0;title\u0007\nTwo');
    expect((await cli.run('clients', 'show', id)).stdout).toContain('One\\u001b]0;title\\u0007\\u000aTwo');
  });
});

describe('keywright clients secrets', () => {
  it('add prints the new secret once, with its sentence, and the first goes on working', async () => {
    const cli = aCommandLine();
    const id = await idOf(cli);
    const { stdout } = await cli.run('clients', 'secrets', 'add', id, '--label', 'for Zapier', '--expires', '2031-01-01');
    expect(stdout).toMatch(/^client secret +kw_cs_\S+$/m);
    expect(stdout).toContain('shown this once');
    const client = await cli.storage.clients.find(id);
    const expiries = Object.fromEntries(client?.secrets.map(({ label, expiresAt }) => [label, expiresAt]) ?? []);
    expect(expiries).toEqual({ 'first secret': null, 'for Zapier': new Date('2031-01-01T00:00:00Z') });
  });

  it('add --json prints one object with client_secret and when it expires (RFC 7591 §3.2.1)', async () => {
    const cli = aCommandLine();
    const id = await idOf(cli);
    const added = await cli.json('clients', 'secrets', 'add', id, '--expires', '2031-01-01T00:00:00Z');
    expect(added).toMatchObject({
      client_id: id,
      client_secret: expect.stringMatching(/^kw_cs_/),
      client_secret_expires_at: Date.UTC(2031, 0, 1) / 1000,
      label: 'secret 2',
    });
  });

  it('list tells secrets apart by label and last characters, revoke removes one', async () => {
    const cli = aCommandLine();
    const id = await idOf(cli);
    const added = await cli.json('clients', 'secrets', 'add', id, '--label', 'next');
    const { stdout } = await cli.run('clients', 'secrets', 'list', id);
    expect(stdout).toMatch(/^SECRET ID +LABEL +ENDS IN +CREATED +EXPIRES +LAST USED +ADVICE\n/);
    expect(stdout).toContain(`…${String(added.client_secret).slice(-4)}`);
    expect(stdout).not.toContain(String(added.client_secret));

    expect(await cli.json('clients', 'secrets', 'revoke', id, String(added.id))).toEqual({ client_id: id, id: added.id, revoked: true });
    expect([...(await cli.json('clients', 'secrets', 'list', id))].map((secret) => secret.label)).toEqual(['first secret']);
    expect(await cli.run('clients', 'secrets', 'revoke', id, String(added.id))).toEqual({ code: 1, stdout: '', stderr: 'error: secret not found\n' });
  });

  it('add refuses a moment that is past, at its flag', async () => {
    const cli = aCommandLine();
    expect((await cli.run('clients', 'secrets', 'add', await idOf(cli), '--expires', '2020-01-01')).stderr).toBe('error: --expires: must be in the future\n');
  });
});
