import { describe, expect, it } from 'vitest';
import { plus, someGrant, someSecret, someUser } from '../../src/adapter-kit/fixtures.js';
import { someCode } from '../../src/adapter-kit/token-fixtures.js';
import { presets } from '../../src/application/clients/presets.js';
import type { Grant } from '../../src/domain/authorization/grant.js';
import type { AdmittedIntroductions } from '../../src/domain/clients/introduction.js';
import { aCommandLine, type CommandLineUnderTest } from './a-command-line.js';

const soon = new Date('2030-01-01T00:00:00Z');
const later = new Date('2031-01-01T00:00:00Z');

async function connected(cli: CommandLineUnderTest): Promise<Grant> {
  const { client_id: clientId } = await cli.json('clients', 'create', '--name', 'App', '--redirect-uri', 'https://app.example/cb');
  const user = someUser();
  await cli.storage.users.add(user);
  const grant = someGrant(user.id, String(clientId), { expiresAt: later, lastUsedAt: soon, usedScopes: ['profile'] });
  await cli.storage.grants.add(grant);
  await cli.storage.authorizationCodes.add(someCode(grant, { expiresAt: later }));
  return grant;
}

describe('keywright clients grants', () => {
  it('prints who lets a client act for them, since when and until when, and when that was last used', async () => {
    const cli = aCommandLine();
    const { id, userId, clientId } = await connected(cli);
    const { stdout } = await cli.run('clients', 'grants', clientId);
    expect(stdout.split('\n')[0]).toMatch(/^GRANT ID +PERSON +SCOPES +SINCE +LAST USED +ENDS$/);
    expect(stdout.split('\n')[1]).toMatch(new RegExp(`^${id}  ${userId}  default profile  2026-03-04 .*  2030-01-01 00:00:00Z  2031-01-01 00:00:00Z$`));
    expect(await cli.json('clients', 'grants', clientId)).toEqual([
      {
        id,
        user_id: userId,
        client_id: clientId,
        scope: 'default profile',
        created_at: plus(0).toISOString(),
        expires_at: later.toISOString(),
        last_used_at: soon.toISOString(),
        used_scope: 'profile',
      },
    ]);
  });
});

describe('keywright clients delete', () => {
  it('says how many grants of how many people it ended', async () => {
    const cli = aCommandLine();
    const { clientId } = await connected(cli);
    expect((await cli.run('clients', 'delete', clientId)).stdout).toBe(`Deleted client ${clientId}: 1 grant of 1 person and every token of it have ended.\n`);
  });
});

describe('keywright clients secrets', () => {
  it('list and revoke say when a secret was last used and from where; list advises what to do with it', async () => {
    const cli = aCommandLine({ surroundings: { ...surroundings, now: () => later } });
    const { clientId } = await connected(cli);
    const [first] = (await cli.storage.clients.find(clientId))?.secrets ?? [];
    await cli.storage.usage.record({ secrets: [{ secretId: first?.id ?? '', at: soon, from: '192.0.2.7' }], grants: [] });
    const next = someSecret(clientId, { label: 'next', createdAt: new Date('2030-06-01T00:00:00Z') });
    await cli.storage.clients.addSecret(next);
    const used = new Date('2030-06-02T00:00:00Z');
    await cli.storage.usage.record({ secrets: [{ secretId: next.id, at: used, from: '192.0.2.8' }], grants: [] });

    expect(await cli.json('clients', 'secrets', 'list', clientId)).toMatchObject([
      { label: 'first secret', last_used_at: soon.toISOString(), last_used_from: '192.0.2.7', advice: 'safe_to_remove' },
      { label: 'next', last_used_at: used.toISOString(), last_used_from: '192.0.2.8', advice: expect.stringMatching(/^(unused|in_use)$/) },
    ]);
    const { stdout } = await cli.run('clients', 'secrets', 'list', clientId);
    expect(stdout).toMatch(/^.* first secret .* 2030-01-01 00:00:00Z from 192\.0\.2\.7 +safe to remove$/m);
    expect(stdout).toMatch(/^.* next .* 2030-06-02 00:00:00Z from 192\.0\.2\.8 /m);

    const goesOn = `Tokens that were obtained with it go on. To end all tokens of the client: keywright tokens revoke --client ${clientId}\n`;
    const revoke = (id = '') => cli.run('clients', 'secrets', 'revoke', clientId, id);
    expect((await revoke(first?.id)).stdout).toBe(`Revoked "first secret", last used 2030-01-01 00:00:00Z from 192.0.2.7.\n${goesOn}`);
    expect((await revoke(next.id)).stdout).toBe(`Revoked "next", last used 2030-06-02 00:00:00Z from 192.0.2.8.\n${goesOn}`);
  });
});

const surroundings = {
  now: () => later,
  configuration: () => ({ issuer: 'https://auth.example' }),
  secretKey: async () => Promise.reject(new Error('not asked')),
  openStore: async () => Promise.reject(new Error('not expected in this test')),
  openAsServed: async () => Promise.reject(new Error('not asked')),
};

describe('keywright clients create --preset', () => {
  const zapier = 'https://zapier.com/dashboard/auth/oauth/return/App123CLIAPI/';
  const create = (cli: CommandLineUnderTest, ...argv: string[]) => cli.json('clients', 'create', '--preset', ...argv);

  it('chooses what the product needs; the redirect URI is filled in, or typed out', async () => {
    const cli = aCommandLine();
    const expected = {
      client_name: 'Zapier',
      redirect_uris: [zapier],
      pkce: 'optional',
      refresh: 'keep',
      grant_types: ['authorization_code', 'refresh_token'],
    };
    expect(await create(cli, 'zapier', '--blank', `redirectUrl=${zapier}`)).toMatchObject(expected);
    expect(await create(cli, 'zapier', '--redirect-uri', zapier)).toMatchObject(expected);
    const callbacks = ['https://chat.openai.com/aip/g-1/oauth/callback', 'https://chatgpt.com/aip/g-1/oauth/callback'];
    expect(await create(cli, 'gpt-action', '--blank', 'gptId=g-1')).toMatchObject({ redirect_uris: callbacks });
  });

  it('says how a blank is filled in, and which ones there are', async () => {
    const cli = aCommandLine();
    expect(await cli.run('clients', 'create', '--preset', 'zapier')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--blank redirectUrl=…: is missing'),
    });
    expect(await cli.run('clients', 'create', '--preset', 'zapier', '--blank', 'foo=bar')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--blank foo: this preset has the blanks redirectUrl'),
    });
  });

  it('gives way to what the other flags choose', async () => {
    expect(await create(aCommandLine(), 'postman', '--name', 'Mine', '--pkce', '--scope', 'default')).toMatchObject({
      client_name: 'Mine',
      pkce: 'required',
      scope: 'default',
      refresh: 'keep',
    });
  });

  it('prints what to paste where on the other side, with the secret', async () => {
    const { stdout } = await aCommandLine({ surroundings }).run('clients', 'create', '--preset', 'zapier', '--redirect-uri', zapier);
    expect(stdout).not.toContain('without being registered');
    expect(stdout).toContain('On the Zapier Platform');
    expect(stdout).toMatch(/^Client Secret +kw_cs_\S+$/m);
    expect(stdout).toMatch(/^Access Token Request +https:\/\/auth\.example\/oauth\/token$/m);
  });

  it('prints after it what else helps there, a paragraph each, as the page does', async () => {
    const { stdout } = await aCommandLine({ surroundings }).run('clients', 'create', '--preset', 'zapier', '--redirect-uri', zapier);
    const { notes = [] } = presets.find(({ id }) => id === 'zapier')?.recipe ?? {};
    expect(notes.length).toBeGreaterThan(1);
    expect(stdout.split('\n\n').slice(-notes.length).join('\n')).toBe(`${notes.join('\n')}\n`);
  });

  it('says before the recipe that its product cannot reach an issuer on loopback, in the text for people only', async () => {
    const note = 'Zapier calls this server from the internet and cannot reach http://localhost:1. Give the server a public https address first (ISSUER).';
    const zapierClient = ['clients', 'create', '--preset', 'zapier', '--redirect-uri', zapier];
    const { code, stdout, stderr } = await aCommandLine().run(...zapierClient);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`\n\n${note}\n\nOn the Zapier Platform`);
    expect((await aCommandLine().run(...zapierClient, '--json')).stdout).not.toContain('cannot reach');
    expect((await aCommandLine({ surroundings }).run(...zapierClient)).stdout).not.toContain('cannot reach');
    expect((await aCommandLine().run('clients', 'create', '--preset', 'postman')).stdout).not.toContain('cannot reach');
  });

  it('names the blank that is left open, and the presets there are', async () => {
    const open = await aCommandLine().run('clients', 'create', '--preset', 'n8n');
    expect([open.code, open.stdout, open.stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/--blank host=…: is missing, for example .*; or give the whole address with --redirect-uri/),
    ]);
    const unknown = await aCommandLine().run('clients', 'create', '--preset', 'nonsense');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Allowed choices are zapier,')]);
    expect((await aCommandLine().run('clients', 'create', '--preset', 'n8n', '--blank', 'host')).code).toBe(2);
    expect((await aCommandLine().run('clients', 'create')).code).toBe(2);
  });
});

it('says of what introduces itself that it needs no client, where that is taken', async () => {
  const saidWith = async (introductions: AdmittedIntroductions) => {
    const configuration = () => ({ ...surroundings.configuration(), introductions });
    const { stdout } = await aCommandLine({ surroundings: { ...surroundings, configuration } }).run('clients', 'create', '--preset', 'claude');
    return stdout.includes(
      'Claude connects without being registered: it introduces itself. Give it the address of your MCP server. Register an app here only where it asks for a client id.',
    );
  };
  const none = { documents: [], redirects: [] };
  const said = [await saidWith({ ...none, documents: ['claude.ai/oauth/'] }), await saidWith({ ...none, redirects: ['claude.ai'] }), await saidWith(none)];
  expect(said).toEqual([true, true, false]);
});
