import type { RevokedClientTokens } from '../../application/clients/revoke-client-tokens.js';
import type { OperatorRevocation, OperatorRevoked } from '../../application/tokens/revoke-by-operator.js';
import type { Client } from '../../domain/clients/client.js';
import { counted } from '../counted.js';
import { ownAccess } from '../own-access.js';
import type { CommandLine } from './command-line.js';
import type { KeywrightCommand } from './keywright-command.js';
import { readStdin } from './read-stdin.js';
import { moment, print, printable } from './terminal.js';
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
    .summary('end a token, or all of a person or a client')
    .description(revokeHelp)
    .argument('[token]', 'an access or refresh token; - reads it from the standard input')
    .option('--user <user>', 'a person, by e-mail address or id')
    .option('--client <id>', 'a client')
    .option('--json', 'print JSON')
    .action(async (token: string | undefined, options: RevokeOptions, command: KeywrightCommand) => {
      const revoked = await revokedBy(token, options, command, cli);
      await print(cli.stdout, options.json, toJson(revoked), toText(revoked));
    });
}

const revokeHelp = `end what was handed out:

  TOKEN                    this access token; of a refresh token the whole grant
  --user USER              every grant that this person gave
  --client ID              every grant that people gave it, and its own tokens
  --user USER --client ID  the grants that this person gave this client

Own tokens are those that a client obtained for itself (client_credentials).
With a grant goes what was agreed to: people are asked again.
A client keeps its secrets and can obtain new tokens: where a secret is known
to others, remove it first (clients secrets revoke).`;

/** What came to an end. A client loses what it obtained for itself only where everything of it is ended. */
type Revoked = OperatorRevoked | ({ readonly ended: 'client'; readonly client: Client } & RevokedClientTokens);

async function revokedBy(token: string | undefined, options: RevokeOptions, command: KeywrightCommand, cli: CommandLine): Promise<Revoked> {
  const { user, client: clientId } = options;
  if (token === undefined && user === undefined && clientId !== undefined) {
    return withServices(cli, async ({ showClient, revokeClientTokens }) => {
      const of = { actor: 'operator', clientId } as const;
      const client = await showClient.execute(of);
      return { ended: 'client', client, ...(await revokeClientTokens.execute(of)) };
    });
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
      return { ended: revoked.ended, grant_id: revoked.grantId, already: revoked.already, consents_forgotten: revoked.consents };
    case 'grants':
      return { ended: revoked.ended, count: revoked.count, consents_forgotten: revoked.consents };
    case 'client':
      return {
        ended: 'grants',
        client_id: revoked.client.id,
        count: revoked.grants,
        consents_forgotten: revoked.consents,
        own_tokens_revoked_at: revoked.ownTokensRevokedAt,
      };
  }
}

function toText(revoked: Revoked): string {
  switch (revoked.ended) {
    case 'access_token':
      if (revoked.already) return 'The access token had ended before.\n';
      return revoked.grantId === null
        ? 'Revoked this access token, which a client obtained for itself. Its other tokens live on.\n'
        : 'Revoked this access token. Its grant and the other tokens of that live on.\n';
    case 'grant':
      return `${revoked.already ? 'The grant of this refresh token had ended before.' : `Revoked grant ${revoked.grantId} with every token that came of it.`}${forgottenText(revoked.consents)}\n`;
    case 'grants':
      return `${grantsText(revoked.count, revoked.consents)}\n`;
    case 'client':
      return clientText(revoked);
  }
}

function clientText({ client, grants, consents, ownTokensRevokedAt }: Extract<Revoked, { readonly ended: 'client' }>): string {
  const own = ownAccess(client);
  const itself = own !== null && `Ended ${own} until ${moment(ownTokensRevokedAt)}.`;
  const secrets = client.secrets.length > 0 && (client.secrets.length === 1 ? 'Its secret stays.' : 'Its secrets stay.');
  const said = [grantsText(grants, consents), itself, secrets].filter((part) => part !== false);
  return `${printable(client.name)} (${client.id}): ${said.join(' ')}\n`;
}

function grantsText(count: number, consents: number): string {
  if (count === 0 && consents === 0) return 'There was no grant left to revoke, and no consent to forget.';
  const grants = count === 0 ? 'There was no grant left to revoke.' : `Revoked ${counted(count, 'grant')} with every token that came of ${itOrThem(count)}.`;
  return grants + forgottenText(consents);
}

/** A sentence behind another; nothing where none was forgotten. */
function forgottenText(consents: number): string {
  return consents === 0 ? '' : ` Forgot ${counted(consents, 'consent')}: whoever gave ${itOrThem(consents)} is asked again.`;
}

const itOrThem = (count: number) => (count === 1 ? 'it' : 'them');
