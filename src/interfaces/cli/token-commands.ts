import type { RevokedClientTokens } from '../../application/clients/revoke-client-tokens.js';
import type { OperatorRevocation, OperatorRevoked } from '../../application/tokens/revoke-by-operator.js';
import type { CommandLine } from './command-line.js';
import type { KeywrightCommand } from './keywright-command.js';
import { readStdin } from './read-stdin.js';
import { moment, print } from './terminal.js';
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
      'end a token, or everything a person gave, a client holds, or a client holds for a person.\nWith a grant goes what was agreed to: people are asked again.\nA client keeps its secrets and can obtain new tokens: where one is known to others, remove it first.',
    )
    .argument('[token]', 'an access or refresh token; - reads it from the standard input')
    .option('--user <user>', 'every grant of this person (e-mail address or id)')
    .option('--client <id>', 'every grant of this client, and all that it obtained for itself; with --user, the grants of this person alone')
    .option('--json', 'print JSON')
    .action(async (token: string | undefined, options: RevokeOptions, command: KeywrightCommand) => {
      const revoked = await revokedBy(token, options, command, cli);
      await print(cli.stdout, options.json, toJson(revoked), toText(revoked));
    });
}

/** What came to an end. A client loses what it obtained for itself only where everything of it is ended. */
type Revoked = OperatorRevoked | ({ readonly ended: 'client' } & RevokedClientTokens);

async function revokedBy(token: string | undefined, options: RevokeOptions, command: KeywrightCommand, cli: CommandLine): Promise<Revoked> {
  const { user, client: clientId } = options;
  if (token === undefined && user === undefined && clientId !== undefined) {
    const tokens = await withServices(cli, (services) => services.revokeClientTokens.execute({ actor: 'operator', clientId }));
    return { ended: 'client', ...tokens };
  }
  const revocation = await revocationFrom(token, options, command, cli);
  return withServices(cli, (services) => services.revokeByOperator.execute(revocation));
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
  return command.error('error: name a token, a user or a client');
}

function toJson(revoked: Revoked): Record<string, unknown> {
  switch (revoked.ended) {
    case 'access_token':
      return { ended: revoked.ended, token_id: revoked.tokenId, grant_id: revoked.grantId, already: revoked.already };
    case 'grant':
      return { ended: revoked.ended, grant_id: revoked.grantId, already: revoked.already };
    case 'grants':
      return { ended: revoked.ended, count: revoked.count };
    case 'client':
      return { ended: 'grants', count: revoked.grants, own_tokens_revoked_at: revoked.ownTokensRevokedAt };
  }
}

function toText(revoked: Revoked): string {
  switch (revoked.ended) {
    case 'access_token':
      return revoked.already ? 'The access token had ended before.\n' : 'Revoked this access token. Its grant and its other tokens live on.\n';
    case 'grant':
      return revoked.already ? 'The grant of this refresh token had ended before.\n' : `Revoked grant ${revoked.grantId} with every token that came of it.\n`;
    case 'grants':
      return `Revoked ${revoked.count} grants with every token that came of them.\n`;
    case 'client':
      return (
        `Revoked ${revoked.grants} grants with every token that came of them,\n` +
        `and all that the client obtained for itself until ${moment(revoked.ownTokensRevokedAt)}. Its secrets stay.\n`
      );
  }
}
