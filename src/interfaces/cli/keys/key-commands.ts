import type { KeyState, SigningKey } from '../../../domain/keys/signing-key.js';
import type { CommandLine } from '../command-line.js';
import type { KeywrightCommand } from '../keywright-command.js';
import { moment, print, table } from '../terminal.js';
import { withServices } from '../with-services.js';

/** `keys …`: those with which JWT access tokens are signed. */
export function addKeyCommands(program: KeywrightCommand, cli: CommandLine): void {
  const keys = program.command('keys').description('the keys with which JWT access tokens are signed');

  keys
    .command('list')
    .description('every key that is published, and what it is now')
    .option('--json', 'print JSON')
    .action(async ({ json }: { readonly json?: true }) => show(cli, json, await withServices(cli, ({ listKeys }) => listKeys.execute())));

  keys
    .command('rotate')
    .description('make the next key of every algorithm; it signs when every verifier is sure to have it')
    .option('--now', 'it signs in ten seconds: for keys that SECRET_KEY no longer opens')
    .option('--json', 'print JSON')
    .action(async ({ now = false, json }: { readonly now?: boolean; readonly json?: true }) => {
      const listed = await withServices(cli, async ({ rotateKeys, listKeys }) => {
        await rotateKeys.execute({ now });
        return listKeys.execute();
      });
      await show(cli, json, listed);
    });

  keys
    .command('withdraw')
    .description('take a key down that others may have: nothing signed with it is good any more')
    .argument('<key-id>', 'as keys list shows it')
    .option('--json', 'print JSON')
    // One key id in 64 begins with a hyphen.
    .allowUnknownOption()
    .action(async (id: string, { json }: { readonly json?: true }) => {
      const listed = await withServices(cli, async ({ withdrawKey, listKeys }) => {
        await withdrawKey.execute({ id });
        return listKeys.execute();
      });
      await show(cli, json, listed);
    });
}

function show(cli: CommandLine, json: true | undefined, listed: readonly { readonly key: SigningKey; readonly state: KeyState }[]): Promise<void> {
  const rows = listed.map(({ key, state }) => [key.id, key.algorithm, state, moment(key.createdAt), moment(key.signsFrom), neededUntil(key)]);
  const answer = listed.map(({ key, state }) => ({
    id: key.id,
    algorithm: key.algorithm,
    state,
    created_at: key.createdAt,
    signs_from: key.signsFrom,
    needed_until: key.neededUntil,
  }));
  const none = 'There is no key yet; the server makes the first one when it starts.';
  return print(cli.stdout, json, answer, table(['KEY ID', 'ALGORITHM', 'STATE', 'CREATED', 'SIGNS FROM', 'NEEDED UNTIL'], rows, none));
}

/** Of a key with which nothing was signed yet, nothing. */
function neededUntil({ signsFrom, neededUntil }: SigningKey): string {
  return neededUntil > signsFrom ? moment(neededUntil) : '-';
}
