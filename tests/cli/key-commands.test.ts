import { beforeEach, describe, expect, it } from 'vitest';
import { aCommandLine, type CommandLineUnderTest } from './a-command-line.js';

let cli: CommandLineUnderTest;
beforeEach(() => {
  cli = aCommandLine();
});
const listed = async (...command: string[]) => [...(await cli.json('keys', ...command))];

describe('keywright keys', () => {
  it('lists none before there is one, and makes the next of every algorithm', async () => {
    expect(await listed('list')).toEqual([]);
    expect(await listed('rotate')).toMatchObject([{ algorithm: 'ES256', state: 'next' }]);
    expect(await listed('rotate', '--now')).toHaveLength(2);
    const { stdout } = await cli.run('keys', 'list');
    expect(stdout).toMatch(/^KEY ID +ALGORITHM +STATE/);
    expect(stdout.match(/ ES256 +next /g)).toHaveLength(2);
    // Nothing was signed with them, so that nothing needs them yet.
    expect(stdout.match(/Z +-$/gm)).toHaveLength(2);
  });

  it('never prints what a private half is sealed in', async () => {
    await cli.run('keys', 'rotate');
    const [key] = await cli.storage.signingKeys.all();
    const sealed = Buffer.from(key?.sealedPrivateKey ?? []);
    for (const flags of [[], ['--json']]) {
      const { stdout } = await cli.run('keys', 'list', ...flags);
      for (const encoding of ['base64', 'base64url', 'hex'] as const) expect(stdout).not.toContain(sealed.toString(encoding).slice(0, 40));
    }
  });

  it('withdraws a key at once, and has another sign where it was the one that did', async () => {
    const [next] = await listed('rotate');
    const left = await listed('withdraw', String(next?.id));
    expect(left.map(({ id }) => id)).not.toContain(next?.id);
    expect(left).toMatchObject([{ algorithm: 'ES256', state: 'current' }]);
    const again = await listed('withdraw', String(left[0]?.id));
    expect(again).toMatchObject([{ algorithm: 'ES256', state: 'current' }]);
    expect(again[0]?.id).not.toBe(left[0]?.id);
    expect(await cli.run('keys', 'withdraw', 'unknown')).toMatchObject({ code: 1, stderr: 'error: key not found\n' });
  });

  it.each(['-hRYWgGlkdE2cyao', '--RYWgGlkdE2cyao', '-'])('takes %s for the id of a key, which may begin with a hyphen', async (id) => {
    expect(await cli.run('keys', 'withdraw', id)).toMatchObject({ code: 1, stderr: 'error: key not found\n' });
  });
});
