import type { ScopeEntry } from '../../../domain/scope.js';
import type { CommandLine } from '../command-line.js';
import { type KeywrightCommand, NeededOption, RepeatableOption } from '../keywright-command.js';
import { scopes } from '../option-values.js';
import { moment, print, table } from '../terminal.js';
import { withServices } from '../with-services.js';
import { resourceServerToJson } from './resource-server-json.js';
import { addResourceServerOptions, type ResourceServerOptions } from './resource-server-options.js';
import { addResourceServerSecretCommands } from './resource-server-secret-commands.js';
import { resourceServerToText } from './resource-server-text.js';

interface Output {
  readonly json?: true;
}

const actor = 'operator';

/** `resource-servers …`: the APIs that take tokens of this server. */
export function addResourceServerCommands(program: KeywrightCommand, cli: CommandLine): void {
  const servers = program.command('resource-servers').description('APIs that take access tokens of this server');

  addResourceServerOptions(
    servers
      .command('create')
      .description('register a resource server')
      .addOption(new NeededOption('--identifier <uri>', 'the URI that names it in tokens (resource, aud)'))
      .addOption(new NeededOption('--name <name>', 'what administrators know it by')),
  )
    .option('--json', 'print JSON')
    .action(async ({ identifier, name, scope, tokenFormat, signingAlgorithm, json }: ResourceServerOptions & Output & { readonly identifier: string }) => {
      const settings = { name, scopes: scope, tokenFormat, signingAlgorithm };
      const { server, secret } = await withServices(cli, ({ resourceServers }) => resourceServers.register.execute({ actor, identifier, settings }), {
        ifNotMade: 'make',
      });
      await print(cli.stdout, json, resourceServerToJson(server, secret), resourceServerToText(server, secret));
    });

  servers
    .command('list')
    .description('all resource servers, the oldest first')
    .option('--json', 'print JSON')
    .action(async ({ json }: Output) => {
      const all = await withServices(cli, ({ resourceServers }) => resourceServers.list.execute());
      const rows = all.map(({ id, identifier, name, tokenFormat, createdAt }) => [id, identifier, name, tokenFormat, moment(createdAt)]);
      await print(
        cli.stdout,
        json,
        all.map((server) => resourceServerToJson(server)),
        table(['ID', 'IDENTIFIER', 'NAME', 'TOKENS', 'CREATED'], rows, 'There is no resource server yet; keywright resource-servers create registers one.'),
      );
    });

  ofOne(servers, 'show', 'one resource server').action(async (id: string, { json }: Output) => {
    const server = await withServices(cli, ({ resourceServers }) => resourceServers.show.execute({ id }));
    await print(cli.stdout, json, resourceServerToJson(server), resourceServerToText(server));
  });

  addResourceServerOptions(
    ofOne(servers, 'edit', 'change settings; what is not named stays')
      .option('--name <name>', 'what administrators know it by')
      .addOption(new RepeatableOption('--remove-scope <scope>', 'no longer this scope', scopes)),
  ).action(async (id: string, { json, scope = [], removeScope = [], ...rest }: ResourceServerOptions & Output & { readonly removeScope?: string[] }) => {
    const edited = await withServices(cli, async ({ resourceServers }) => {
      const { scopes: known, version } = await resourceServers.show.execute({ id });
      return resourceServers.edit.execute({ actor, id, changes: { ...rest, scopes: editedScopes(known, scope, removeScope) }, version });
    });
    await print(cli.stdout, json, resourceServerToJson(edited), resourceServerToText(edited));
  });

  ofOne(servers, 'delete', 'remove a resource server; tokens made for it stay good until they expire').action(async (id: string, { json }: Output) => {
    await withServices(cli, ({ resourceServers }) => resourceServers.remove.execute({ actor, id }));
    await print(cli.stdout, json, { id, deleted: true }, `Deleted resource server ${id}: it can ask about tokens no more.\n`);
  });

  addResourceServerSecretCommands(servers, cli);
}

/** A scope that is known already gets the new sentence. */
function editedScopes(known: readonly ScopeEntry[], added: readonly ScopeEntry[], removed: readonly string[]): ScopeEntry[] {
  const kept = known.filter(({ name }) => !removed.includes(name)).map((entry) => added.find(({ name }) => name === entry.name) ?? entry);
  return [...kept, ...added.filter(({ name }) => !kept.some((entry) => entry.name === name))];
}

function ofOne(servers: KeywrightCommand, name: string, description: string): KeywrightCommand {
  return servers.command(name).description(description).argument('<id>', 'as resource-servers list shows it').option('--json', 'print JSON');
}
