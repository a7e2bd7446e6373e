import { beforeEach, describe, expect, it } from 'vitest';
import { mintToken } from '../../src/domain/tokens/opaque-token.js';
import { someClient, someGrant, someUser } from '../application/some.js';
import { aCommandLine, type CommandLineUnderTest } from './a-command-line.js';

const now = new Date('2030-01-01T00:00:00Z');
const user = someUser();
const client = someClient();
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
      stdout: 'Revoked this access token. Its grant and its other tokens live on.\n',
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
    expect(await cli.json('tokens', 'revoke', ...flags)).toEqual({ ended: 'grants', count: 1 });
    expect((await cli.storage.grants.find(grant.id))?.revoked?.reason).toBe('revoked_by_operator');
    expect((await cli.run('tokens', 'revoke', ...flags)).stdout).toBe('Revoked 0 grants with every token that came of them.\n');
  });

  it('ends everything of a client: the grants of people, and what it obtained for itself', async () => {
    const until = await cli.json('tokens', 'revoke', '--client', client.id);
    expect(until).toEqual({ ended: 'grants', count: 1, own_tokens_revoked_at: expect.stringMatching(/^20\d\d-.*\d\dZ$/) });
    expect((await cli.storage.grants.find(grant.id))?.revoked?.reason).toBe('revoked_by_operator');
    expect((await cli.storage.accessTokens.find(minted.id))?.ended).toEqual({
      at: new Date(String(until.own_tokens_revoked_at)),
      reason: 'revoked_by_operator',
    });
    expect((await cli.run('clients', 'show', client.id)).stdout).toMatch(/^own tokens +ended, those issued until 20\d\d-/m);
    expect(await cli.json('clients', 'show', client.id)).toMatchObject({ own_tokens_revoked_at: until.own_tokens_revoked_at });
    expect((await cli.run('tokens', 'revoke', '--client', client.id)).stdout).toMatch(
      /^Revoked 0 grants with every token that came of them,\nand all that the client obtained for itself until 20\d\d-\d\d-\d\d [\d:]{8}Z\. Its secrets stay\.\n$/,
    );
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

  it('never prints the token again', async () => {
    const { stdout, stderr } = await cli.run('tokens', 'revoke', token, '--json');
    expect(stdout + stderr).not.toContain(token);
    expect(JSON.parse(stdout)).toEqual({ ended: 'access_token', token_id: minted.id, grant_id: null, already: false });
  });
});
