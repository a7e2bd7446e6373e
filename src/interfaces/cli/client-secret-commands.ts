import { Option } from 'commander';
import { secretExpiry, secretToJson } from './client-json.js';
import { shownOnce } from './client-text.js';
import type { CommandLine } from './command-line.js';
import type { KeywrightCommand } from './keywright-command.js';
import { pointInTime } from './option-values.js';
import { removedSecret, secretTable } from './secret-table.js';
import { fields, moment, print } from './terminal.js';
import { withServices } from './with-services.js';

interface AddOptions {
  readonly label?: string;
  readonly expires?: Date;
  readonly json?: true;
}

const actor = 'operator';

const revokeHelp = `remove a secret; it stops working at once.
Tokens that were obtained with it go on. To end all tokens of the client afterwards: keywright tokens revoke --client <id>`;

/** `clients secrets …`: a client may have several, so that one can be replaced while the other still works. */
export function addSecretCommands(clients: KeywrightCommand, cli: CommandLine): void {
  const secrets = clients.command('secrets').description("a client's secrets");

  ofClient(secrets, 'add', 'make one more secret; the others go on working')
    .option('--label <label>', 'what it is for')
    .addOption(new Option('--expires <date>', 'when it stops working (default: never)').argParser(pointInTime))
    .action(async (clientId: string, { label, expires, json }: AddOptions) => {
      const { secret, plain } = await withServices(cli, (services) => services.addSecret.execute({ actor, clientId, label, expiresAt: expires }));
      const answer = { client_id: clientId, client_secret: plain, client_secret_expires_at: secretExpiry(secret.expiresAt), ...secretToJson(secret) };
      const shown = fields([
        ['client id', clientId],
        ['client secret', plain],
        ['secret id', secret.id],
        ['label', secret.label],
        ['expires', secret.expiresAt && moment(secret.expiresAt)],
      ]);
      await print(cli.stdout, json, answer, `${shown}\n${shownOnce}\n`);
    });

  ofClient(secrets, 'list', 'the secrets of a client, by label and last characters').action(async (clientId: string, { json }: { readonly json?: true }) => {
    const client = await withServices(cli, (services) => services.showClient.execute({ actor, clientId }));
    const none = client.type === 'public' ? 'A public client has no secrets.' : 'It has no secret; keywright clients secrets add makes one.';
    const listed = secretTable(client.secrets, cli.surroundings.now(), none);
    await print(cli.stdout, json, listed.json, listed.text);
  });

  ofClient(secrets, 'revoke', revokeHelp)
    .summary('remove a secret; it stops working at once')
    .argument('<secret-id>', 'as clients secrets list shows it')
    .action(async (clientId: string, secretId: string, { json }: { readonly json?: true }) => {
      const removed = await withServices(cli, (services) => services.removeSecret.execute({ actor, clientId, secretId }));
      await print(cli.stdout, json, { client_id: clientId, id: removed.id, revoked: true }, removedSecret(removed) + whatGoesOn(clientId));
    });
}

/** Whoever removes one that leaked may think that all is done. */
function whatGoesOn(clientId: string): string {
  return `Tokens that were obtained with it go on. To end all tokens of the client: keywright tokens revoke --client ${clientId}\n`;
}

function ofClient(secrets: KeywrightCommand, name: string, description: string): KeywrightCommand {
  return secrets.command(name).description(description).argument('<id>', 'the client id').option('--json', 'print JSON');
}
