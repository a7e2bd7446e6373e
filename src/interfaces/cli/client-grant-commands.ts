import type { Grant } from '../../domain/authorization/grant.js';
import type { CommandLine } from './command-line.js';
import { everyItem } from './every-item.js';
import type { KeywrightCommand } from './keywright-command.js';
import { wholeNumber } from './option-values.js';
import { moment, print, table } from './terminal.js';
import { withServices } from './with-services.js';

/** `clients grants`: who lets a client act for them. */
export function addGrantCommand(clients: KeywrightCommand, cli: CommandLine): void {
  clients
    .command('grants')
    .description('the live grants of a client, newest first')
    .argument('<id>', 'the client id')
    .option('--limit <count>', 'the newest so many', wholeNumber)
    .option('--json', 'print JSON')
    .action(async (clientId: string, { limit, json }: { readonly limit?: number; readonly json?: true }) => {
      const grants = await withServices(cli, (services) =>
        everyItem((page) => services.listGrantsOfClient.execute({ actor: 'operator', clientId, page }), limit),
      );
      const heading = ['GRANT ID', 'PERSON', 'SCOPES', 'SINCE', 'LAST USED', 'ENDS'];
      const none = 'Nobody lets this client act for them.';
      await print(cli.stdout, json, grants.map(grantToJson), table(heading, grants.map(grantToRow), none));
    });
}

function grantToRow({ id, userId, scopes, createdAt, lastUsedAt, expiresAt }: Grant): string[] {
  return [id, userId, scopes.join(' '), moment(createdAt), lastUsedAt ? moment(lastUsedAt) : 'never', expiresAt ? moment(expiresAt) : 'when it is ended'];
}

function grantToJson({ id, userId, clientId, scopes, createdAt, expiresAt, lastUsedAt, usedScopes }: Grant): Record<string, unknown> {
  return {
    id,
    user_id: userId,
    client_id: clientId,
    scope: scopes.join(' '),
    created_at: createdAt,
    expires_at: expiresAt,
    last_used_at: lastUsedAt,
    used_scope: usedScopes.join(' '),
  };
}
