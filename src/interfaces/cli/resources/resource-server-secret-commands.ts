import { Option } from 'commander';
import { secretToJson } from '../client-json.js';
import { shownOnce } from '../client-text.js';
import type { CommandLine } from '../command-line.js';
import type { KeywrightCommand } from '../keywright-command.js';
import { pointInTime } from '../option-values.js';
import { removedSecret, secretTable } from '../secret-table.js';
import { fields, moment, print } from '../terminal.js';
import { withServices } from '../with-services.js';

interface AddOptions {
  readonly label?: string;
  readonly expires?: Date;
  readonly json?: true;
}

const actor = 'operator';

/** `resource-servers secrets …`: several, so that one can be replaced while the other still works. */
export function addResourceServerSecretCommands(servers: KeywrightCommand, cli: CommandLine): void {
  const secrets = servers.command('secrets').description("a resource server's secrets");

  ofOne(secrets, 'add', 'make one more secret; the others go on working')
    .option('--label <label>', 'what it is for')
    .addOption(new Option('--expires <date>', 'when it stops working (default: never)').argParser(pointInTime))
    .action(async (id: string, { label, expires, json }: AddOptions) => {
      const added = await withServices(cli, ({ resourceServers }) => resourceServers.addSecret.execute({ actor, id, label, expiresAt: expires }));
      const { secret, plain } = added;
      const shown = fields([
        ['id', id],
        ['secret', plain],
        ['secret id', secret.id],
        ['label', secret.label],
        ['expires', secret.expiresAt && moment(secret.expiresAt)],
      ]);
      await print(cli.stdout, json, { resource_server_id: id, secret: plain, ...secretToJson(secret) }, `${shown}\n${shownOnce}\n`);
    });

  ofOne(secrets, 'list', 'by label and last characters').action(async (id: string, { json }: { readonly json?: true }) => {
    const server = await withServices(cli, ({ resourceServers }) => resourceServers.show.execute({ id }));
    const none = 'It has no secret; keywright resource-servers secrets add makes one.';
    const listed = secretTable(server.secrets, cli.surroundings.now(), none);
    await print(cli.stdout, json, listed.json, listed.text);
  });

  ofOne(secrets, 'revoke', 'remove a secret; it stops working at once')
    .argument('<secret-id>', 'as resource-servers secrets list shows it')
    .action(async (id: string, secretId: string, { json }: { readonly json?: true }) => {
      const removed = await withServices(cli, ({ resourceServers }) => resourceServers.removeSecret.execute({ actor, id, secretId }));
      await print(cli.stdout, json, { resource_server_id: id, id: removed.id, revoked: true }, removedSecret(removed));
    });
}

function ofOne(secrets: KeywrightCommand, name: string, description: string): KeywrightCommand {
  return secrets.command(name).description(description).argument('<id>', 'the resource server').option('--json', 'print JSON');
}
