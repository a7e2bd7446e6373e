import { beforeEach, describe, expect, it } from 'vitest';
import { someConsent, someSecret } from '../../src/adapter-kit/fixtures.js';
import { mintToken } from '../../src/domain/tokens/opaque-token.js';
import { someClient, someGrant, someUser } from '../application/some.js';
import { aCommandLine, type CommandLineUnderTest } from './a-command-line.js';

const now = new Date('2030-01-01T00:00:00Z');
const user = someUser();
const client = someClient({ name: 'Nightly', grantTypes: ['authorization_code', 'client_credentials'], secrets: [someSecret('nightly')] });
const grant = someGrant({ userId: user.id, clientId: client.id });

describe('keywright tokens revoke', () => {
  let cli: CommandLineUnderTest;
  const { token, ...minted } = mintToken('at', now);

  beforeEach(async () => {
    cli = aCommandLine();
    await cli.storage.users.add(user);
    await cli.storage.clients.add(client);
    await cli.storage.grants.add(grant);
    await cli.storage.accessTokens.add({
      ...minted,
      clientId: client.id,
      userId: null,
      grantId: null,
      authenticatedAt: null,
      scopes: [],
      resources: [],
      issuedAt: now,
      expiresAt: new Date('2031-01-01'),
    });
  });

  it('ends an access token and says that the rest lives on', async () => {
    expect(await cli.run('tokens', 'revoke', token)).toEqual({
      code: 0,
      stdout: 'Revoked this access token, which a client obtained for itself. Its other tokens live on.\n',
      stderr: '',
    });
    expect((await cli.storage.accessTokens.find(minted.id))?.ended?.reason).toBe('revoked_by_operator');
    expect((await cli.run('tokens', 'revoke', token)).stdout).toBe('The access token had ended before.\n');
  });

  it('reads the token from a pipe when given -, so that it need not stand in the list of processes', async () => {
    expect((await cli.runWith(` ${token}\n`, 'tokens', 'revoke', '-')).code).toBe(0);
    expect((await cli.storage.accessTokens.find(minted.id))?.ended).not.toBeNull();
  });

  it.each([
    ['a person', ['--user', 'ada@example.com']],
    ['a person by id', ['--user', user.id]],
    ['a person for a client', ['--user', 'ada@example.com', '--client', client.id]],
  ])('ends the grants of %s', async (_, flags) => {
    expect(await cli.json('tokens', 'revoke', ...flags)).toEqual({ ended: 'grants', count: 1, consents_forgotten: 0 });
    expect((await cli.storage.grants.find(grant.id))?.revoked?.reason).toBe('revoked_by_operator');
    expect((await cli.run('tokens', 'revoke', ...flags)).stdout).toBe('There was no grant left to revoke, and no consent to forget.\n');
  });

  it('says which consents it forgot, also where no grant was left', async () => {
    const agree = (clientId: string) => cli.storage.consents.give(someConsent({ userId: user.id, clientId }));
    await cli.storage.clients.add(someClient({ id: 'other' }));
    for (const clientId of [client.id, 'other']) await agree(clientId);
    const revoke = async (...argv: string[]) => (await cli.run('tokens', 'revoke', ...argv)).stdout;
    expect(await revoke('--user', user.id)).toBe('Revoked 1 grant with every token that came of it. Forgot 2 consents: whoever gave them is asked again.\n');
    await agree(client.id);
    expect(await revoke('--user', user.id)).toBe('There was no grant left to revoke. Forgot 1 consent: whoever gave it is asked again.\n');
    await agree('other');
    expect(await cli.json('tokens', 'revoke', '--user', user.id)).toEqual({ ended: 'grants', count: 0, consents_forgotten: 1 });
    await agree('other');
    expect(await revoke('--client', 'other')).toMatch(/There was no grant left to revoke\. Forgot 1 consent: whoever gave it is asked again\./);
  });

  it('ends everything of a client: the grants of people, and what it obtained for itself', async () => {
    const until = await cli.json('tokens', 'revoke', '--client', client.id);
    expect(until).toEqual({
      ended: 'grants',
      client_id: client.id,
      count: 1,
      consents_forgotten: 0,
      own_tokens_revoked_at: expect.stringMatching(/^20\d\d-.*\d\dZ$/),
    });
    expect((await cli.storage.grants.find(grant.id))?.revoked?.reason).toBe('revoked_by_operator');
    expect((await cli.storage.accessTokens.find(minted.id))?.ended).toEqual({
      at: new Date(String(until.own_tokens_revoked_at)),
      reason: 'revoked_by_operator',
    });
    expect((await cli.run('clients', 'show', client.id)).stdout).toMatch(/^all access last ended +20\d\d-\d\d-\d\d [\d:]{8}Z$/m);
    expect(await cli.json('clients', 'show', client.id)).toMatchObject({ own_tokens_revoked_at: until.own_tokens_revoked_at });
  });

  it('begins with the name of the client, and says of what it may have what ended and what stays', async () => {
    const { stdout } = await cli.run('tokens', 'revoke', '--client', client.id);
    expect(stdout).toBe(
      `Nightly (${client.id}): Revoked 1 grant with every token that came of it. Ended everything that it obtained for itself until 2030-01-01 00:00:00Z. Its secret stays.\n`,
    );
    const app = someClient({ id: 'app', name: 'App\u001b[31m', type: 'public', grantTypes: ['authorization_code'], secrets: [] });
    await cli.storage.clients.add(app);
    for (const id of ['one', 'two']) await cli.storage.grants.add(someGrant({ id, userId: user.id, clientId: app.id }));
    const said = [
      'App\\u001b[31m (app): Revoked 2 grants with every token that came of them.\n',
      'App\\u001b[31m (app): There was no grant left to revoke, and no consent to forget.\n',
    ];
    for (const text of said) expect((await cli.run('tokens', 'revoke', '--client', 'app')).stdout).toBe(text);
  });

  it('says of an access token under a grant that the grant lives on', async () => {
    const { token: under, ...rest } = mintToken('at', now);
    const stored = await cli.storage.accessTokens.find(minted.id);
    if (stored === null) throw new Error('the own token is not there');
    const { ended: _, ...terms } = stored;
    await cli.storage.accessTokens.add({ ...terms, ...rest, userId: user.id, grantId: grant.id });
    expect((await cli.run('tokens', 'revoke', under)).stdout).toBe('Revoked this access token. Its grant and the other tokens of that live on.\n');
  });

  it('has a line of help for each form, and a short one in the list', async () => {
    const { stdout } = await cli.run('help', 'tokens', 'revoke');
    for (const form of ['TOKEN', '--user USER', '--client ID', '--user USER --client ID']) expect(stdout).toMatch(new RegExp(`^  ${form} {2,}\\w.*\\w$`, 'm'));
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toContain('remove it first (clients secrets revoke)');
    expect((await cli.run('help', 'tokens')).stdout).toMatch(/^ +revoke.* end a token, or all of a person or a client$/m);
  });

  it('leaves what a client obtained for itself alone where a person is named', async () => {
    await cli.run('tokens', 'revoke', '--user', user.id, '--client', client.id);
    expect((await cli.storage.accessTokens.find(minted.id))?.ended).toBeNull();
  });

  it.each([
    [['nonsense'], 'token is not a token of this server'],
    [[mintToken('cs', now).token], 'token is a client secret'],
    [[mintToken('at', now).token], 'token not found'],
    [['--user', 'eve@example.com'], 'user not found'],
    [['--client', 'nothing'], 'client not found'],
  ])('refuses what it cannot find, with exit code 1: %j', async (argv, message) => {
    const { code, stdout, stderr } = await cli.run('tokens', 'revoke', ...argv);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`error: ${message}`);
    expect((await cli.storage.grants.find(grant.id))?.revoked).toBeNull();
  });

  it('is named by the help of what removes a secret, before one is removed', async () => {
    const words = (await cli.run('help', 'clients', 'secrets', 'revoke')).stdout.replaceAll(/\s+/g, ' ');
    expect(words).toContain('Tokens that were obtained with it go on. To end all tokens of the client afterwards: keywright tokens revoke --client <id>');
  });

  it('never prints the token again', async () => {
    const { stdout, stderr } = await cli.run('tokens', 'revoke', token, '--json');
    expect(stdout + stderr).not.toContain(token);
    expect(JSON.parse(stdout)).toEqual({ ended: 'access_token', token_id: minted.id, grant_id: null, already: false });
  });
});
