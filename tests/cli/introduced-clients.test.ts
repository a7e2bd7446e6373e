import { beforeEach, describe, expect, it } from 'vitest';
import { claudeCode, introducedClient, introducedIds, introductionWords } from '../support/introduced.js';
import { aCommandLine, type CommandLineUnderTest } from './a-command-line.js';

let cli: CommandLineUnderTest;
beforeEach(async () => {
  cli = aCommandLine();
  for (const id of introducedIds) await cli.storage.clients.add(introducedClient(id));
});

describe.each(introducedIds)('keywright clients, of one that introduces itself: %s', (id) => {
  const { sentence } = introductionWords(id);

  it('lists and shows it by its identifier, and says how it introduced itself', async () => {
    expect((await cli.run('clients', 'list')).stdout).toContain(`${id} `);
    const { code, stdout } = await cli.run('clients', 'show', id);
    expect([code, stdout]).toEqual([0, expect.stringMatching(new RegExp(`^introduced itself +it ${sentence.replaceAll('.', '\\.')}$`, 'm'))]);
    expect(await cli.json('clients', 'show', id)).toMatchObject({ client_id: id, owner_id: null });
    expect((await cli.run('clients', 'grants', id)).code).toBe(0);
  });

  it('does not edit or delete it, and says why, in a line without a flag', async () => {
    const line = (reason: string) => ({ code: 1, stdout: '', stderr: `error: this app ${sentence}: ${reason}\n` });
    expect(await cli.run('clients', 'edit', id, '--name', 'Mine now')).toEqual(line('its settings are what it says of itself'));
    expect(await cli.run('clients', 'delete', id)).toEqual(line('it would be back with the next person who allows it; disable it instead'));
    expect(await cli.storage.clients.find(id)).toEqual(introducedClient(id));
  });

  it('disables it and enables it again', async () => {
    expect(await cli.run('clients', 'disable', id)).toEqual({ code: 0, stdout: `Disabled client ${id}.\n`, stderr: '' });
    expect((await cli.storage.clients.find(id))?.disabledBy).toBe('house');
    expect((await cli.run('clients', 'enable', id)).stdout).toBe(`Enabled client ${id}.\n`);
    expect(await cli.run('tokens', 'revoke', '--client', id)).toMatchObject({ code: 0, stdout: expect.stringContaining(`Claude Code (${id})`) });
  });
});

it('does not say so of a client that is registered here', async () => {
  const { client_id } = await cli.json('clients', 'create', '--name', claudeCode, '--public', '--redirect-uri', 'https://a.example/cb');
  expect((await cli.run('clients', 'show', String(client_id))).stdout).not.toContain('itself');
});
