import type { OperatorRevocation, OperatorRevoked } from '../../application/tokens/revoke-by-operator.js';
import type { CommandLine } from './command-line.js';
import type { KeywrightCommand } from './keywright-command.js';
import { readStdin } from './read-stdin.js';
import { print } from './terminal.js';
import { userRef } from './user-ref.js';
import { withServices } from './with-services.js';

interface RevokeOptions {
  readonly user?: string;
  readonly client?: string;
  readonly json?: true;
}

/** `tokens …`: what was handed out. */
export function addTokenCommands(program: KeywrightCommand, cli: CommandLine): void {
  const tokens = program.command('tokens').description('what was handed out');

  tokens
    .command('revoke')
    .description(
      "end a token, or everything a person gave, a client holds, or a client holds for a person.\nWith a grant goes what was agreed to: people are asked again.\nWhat a client obtained for itself ends with 'clients disable'.",
    )
    .argument('[token]', 'an access or refresh token; - reads it from the standard input')
    .option('--user <user>', 'every grant of this person (e-mail address or id)')
    .option('--client <id>', 'every grant of this client')
    .option('--json', 'print JSON')
    .action(async (token: string | undefined, options: RevokeOptions, command: KeywrightCommand) => {
      const revocation = await revocationFrom(token, options, command, cli);
      const revoked = await withServices(cli, (services) => services.revokeByOperator.execute(revocation));
      await print(cli.stdout, options.json, toJson(revoked), toText(revoked));
    });
}

async function revocationFrom(
  token: string | undefined,
  { user, client }: RevokeOptions,
  command: KeywrightCommand,
  cli: CommandLine,
): Promise<OperatorRevocation> {
  if (token !== undefined && (user !== undefined || client !== undefined)) command.error('error: name a token, or a user and a client, not both');
  if (token !== undefined) return { token: token === '-' ? (await readStdin(cli.stdin)).trim() : token };
  if (user !== undefined) return { user: userRef(user), clientId: client };
  if (client !== undefined) return { clientId: client };
  return command.error('error: name a token, a user or a client');
}

function toJson(revoked: OperatorRevoked): Record<string, unknown> {
  switch (revoked.ended) {
    case 'access_token':
      return { ended: revoked.ended, token_id: revoked.tokenId, grant_id: revoked.grantId, already: revoked.already };
    case 'grant':
      return { ended: revoked.ended, grant_id: revoked.grantId, already: revoked.already };
    case 'grants':
      return { ended: revoked.ended, count: revoked.count };
  }
}

function toText(revoked: OperatorRevoked): string {
  switch (revoked.ended) {
    case 'access_token':
      return revoked.already ? 'The access token had ended before.\n' : 'Revoked this access token. Its grant and its other tokens live on.\n';
    case 'grant':
      return revoked.already ? 'The grant of this refresh token had ended before.\n' : `Revoked grant ${revoked.grantId} with every token that came of it.\n`;
    case 'grants':
      return `Revoked ${revoked.count} grants with every token that came of them.\n`;
  }
}
