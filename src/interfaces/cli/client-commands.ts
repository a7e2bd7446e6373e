import type { Client } from '../../domain/clients/client.js';
import { counted } from '../counted.js';
import { addGrantCommand } from './client-grant-commands.js';
import { clientToJson } from './client-json.js';
import { addClientOptions, addRemovalOptions, type RemovalOptions } from './client-options.js';
import { addPresetOptions, type PresetOptions, presetNamed, recipeText, settingsWithPreset } from './client-preset.js';
import { addSecretCommands } from './client-secret-commands.js';
import { changesFrom } from './client-settings.js';
import { clientToText } from './client-text.js';
import type { CommandLine } from './command-line.js';
import { everyItem } from './every-item.js';
import { type KeywrightCommand, NeededOption } from './keywright-command.js';
import { wholeNumber } from './option-values.js';
import { moment, print, table } from './terminal.js';
import { userRef } from './user-ref.js';
import { withServices } from './with-services.js';

interface Output {
  readonly json?: true;
}

interface ListOptions extends Output {
  readonly owner?: string;
  readonly limit?: number;
}

const actor = 'operator';

/** `clients …`: the applications that obtain tokens here. */
export function addClientCommands(program: KeywrightCommand, cli: CommandLine): void {
  const clients = program.command('clients').description('applications that obtain tokens here');
  const printClient = (json: true | undefined, client: Client) => print(cli.stdout, json, clientToJson(client), clientToText(client));

  const create = clients
    .command('create')
    .description('register a client')
    .addOption(new NeededOption('--name <name>', 'what people know it by; needed, unless the preset has a name', '--preset'));
  addClientOptions(addPresetOptions(create))
    .option('--owner <user>', 'the person it belongs to (default: nobody)')
    .option('--json', 'print JSON')
    .action(async ({ owner, json, ...options }: PresetOptions & Output & { readonly owner?: string }) => {
      const preset = presetNamed(options.preset);
      const chosen = { actor, settings: settingsWithPreset(preset, options), ...(owner === undefined ? {} : { owner: userRef(owner) }) } as const;
      const { client, secret } = await withServices(cli, (services) => services.createClient.execute(chosen), { ifNotMade: 'make' });
      const recipe = preset === null ? '' : recipeText(preset, client, cli.surroundings.configuration(), secret);
      await print(cli.stdout, json, clientToJson(client, secret), clientToText(client, secret) + recipe);
    });

  clients
    .command('list')
    .description('all clients, newest first')
    .option('--owner <user>', "only this person's (e-mail address or id)")
    .option('--limit <count>', 'the newest so many', wholeNumber)
    .option('--json', 'print JSON')
    .action(async ({ owner, limit, json }: ListOptions) => {
      const filter = owner === undefined ? {} : { owner: userRef(owner) };
      const all = await withServices(cli, (services) => everyItem((page) => services.listClients.execute({ actor, ...filter, page }), limit));
      const none = owner === undefined ? 'There is no client yet; keywright clients create registers one.' : 'No client belongs to this person.';
      const rows = all.map((client) => [client.id, client.name, client.type, client.disabledAt === null ? 'active' : 'disabled', moment(client.createdAt)]);
      await print(
        cli.stdout,
        json,
        all.map((client) => clientToJson(client)),
        table(['CLIENT ID', 'NAME', 'TYPE', 'STATE', 'CREATED'], rows, none),
      );
    });

  ofOne(clients, 'show', 'one client with all its settings').action(async (clientId: string, { json }: Output) => {
    await printClient(json, await withServices(cli, (services) => services.showClient.execute({ actor, clientId })));
  });

  addRemovalOptions(
    addClientOptions(ofOne(clients, 'edit', 'change settings; what is not named stays').option('--name <name>', 'what people know it by')),
  ).action(async (clientId: string, { json, ...options }: RemovalOptions & Output) => {
    const edited = await withServices(cli, async (services) => {
      const client = await services.showClient.execute({ actor, clientId });
      return services.editClient.execute({ actor, clientId, changes: changesFrom(client, options), version: client.version });
    });
    await printClient(json, edited);
  });

  ofOne(clients, 'delete', 'remove a client; every grant and token of it ends').action(async (clientId: string, { json }: Output) => {
    const { people, grants, more } = await withServices(cli, async (services) => {
      const reach = await services.clientReach.execute({ actor, clientId });
      await services.deleteClient.execute({ actor, clientId });
      return reach;
    });
    const ended = `${more ? 'more than ' : ''}${counted(grants, 'grant')} of ${more ? 'at least ' : ''}${counted(people, 'person', 'people')}`;
    await print(
      cli.stdout,
      json,
      { client_id: clientId, deleted: true, people, grants, more },
      `Deleted client ${clientId}: ${ended} and every token of it have ended.\n`,
    );
  });

  for (const [name, disabled, description] of [
    ['enable', false, 'switch a client on again'],
    ['disable', true, 'switch a client off, until it is enabled'],
  ] as const) {
    ofOne(clients, name, description).action(async (clientId: string, { json }: Output) => {
      const client = await withServices(cli, (services) => services.setClientDisabled.execute({ actor, clientId, disabled }));
      await print(cli.stdout, json, clientToJson(client), `${disabled ? 'Disabled' : 'Enabled'} client ${clientId}.\n`);
    });
  }

  addGrantCommand(clients, cli);
  addSecretCommands(clients, cli);
}

function ofOne(clients: KeywrightCommand, name: string, description: string): KeywrightCommand {
  return clients.command(name).description(description).argument('<id>', 'the client id').option('--json', 'print JSON');
}
