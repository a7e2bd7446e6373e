import { describe, expect, it } from 'vitest';
import { aCommandLine } from './a-command-line.js';

const lists = [
  ['clients list', /^There is no client yet; keywright clients create /],
  ['users list', /^There is nobody yet; keywright users create /],
  ['resource-servers list', /^There is no resource server yet; keywright resource-servers create /],
  ['keys list', /^There is no key yet; the server makes the first one when it starts\./],
] as const;

describe('a list in which there is nothing', () => {
  it.each(lists)('%j says so in one line, and what makes the first, in place of a bare heading', async (command, said) => {
    const { code, stdout, stderr } = await aCommandLine().run(...command.split(' '));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(said);
    expect(stdout).toMatch(/^[^\n]+\n$/);
  });

  it.each(lists)('%j stays an empty list as JSON', async (command) => {
    expect((await aCommandLine().run(...command.split(' '), '--json')).stdout).toBe('[]\n');
  });

  it('is told as what it is: of one person, of one client', async () => {
    const cli = aCommandLine();
    await cli.run('users', 'create', '--email', 'ada@example.com', '--password', 'correct horse');
    const { client_id: id } = await cli.json('clients', 'create', '--name', 'App', '--public', '--redirect-uri', 'https://app.example/cb');
    const said = async (...command: string[]) => (await cli.run(...command)).stdout;
    expect(await said('clients', 'list', '--owner', 'ada@example.com')).toBe('No client belongs to this person.\n');
    expect(await said('users', 'sessions', 'ada@example.com')).toBe('This person is not signed in anywhere.\n');
    expect(await said('clients', 'grants', String(id))).toBe('Nobody lets this client act for them.\n');
    expect(await said('clients', 'secrets', 'list', String(id))).toBe('A public client has no secrets.\n');
  });

  it('is told of the secrets of which the last was revoked', async () => {
    const cli = aCommandLine();
    const client = await cli.json('clients', 'create', '--name', 'Machine');
    const server = await cli.json('resource-servers', 'create', '--identifier', 'https://invoices.example', '--name', 'Invoices');
    for (const [kind, id, { secrets }] of [
      ['clients', String(client.client_id), client],
      ['resource-servers', String(server.id), server],
    ] as const) {
      const [first] = secrets as { id: string }[];
      await cli.run(kind, 'secrets', 'revoke', id, first?.id ?? '');
      expect((await cli.run(kind, 'secrets', 'list', id)).stdout).toBe(`It has no secret; keywright ${kind} secrets add makes one.\n`);
    }
  });
});
