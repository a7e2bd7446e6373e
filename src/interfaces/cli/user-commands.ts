import { Option } from 'commander';
import type { User } from '../../domain/people/user.js';
import type { CommandLine } from './command-line.js';
import { everyItem } from './every-item.js';
import { CommandFailure, exitCodes } from './exit-codes.js';
import { type KeywrightCommand, NeededOption } from './keywright-command.js';
import { type NamedArguments, namedPerson, refFrom } from './named-person.js';
import { wholeNumber } from './option-values.js';
import { readStdin } from './read-stdin.js';
import { fields, moment, print, table } from './terminal.js';
import { addUserSessionCommands } from './user-session-commands.js';
import { withServices } from './with-services.js';

interface CreateOptions {
  readonly email: string;
  readonly password?: string;
  readonly passwordStdin?: true;
  readonly username?: string;
  readonly admin?: true;
  readonly json?: true;
}

/** The command line acts for the operator. */
const actor = 'operator';

/** `users …`: the people who sign in here. */
export function addUserCommands(program: KeywrightCommand, cli: CommandLine): void {
  const users = program.command('users').description('people who sign in here');

  users
    .command('create')
    .description('add a person')
    .addOption(new NeededOption('--email <email>', 'the address they sign in with'))
    .addOption(new Option('--password <password>', 'at least 8 characters; it shows in the list of processes').conflicts('passwordStdin'))
    .option('--password-stdin', 'read the password from the standard input')
    .option('--username <name>', 'what to call them (default: the part of the address before the @)')
    .option('--admin', 'an administrator')
    .option('--json', 'print JSON')
    .action(async ({ email, password: typed, passwordStdin, username, admin, json }: CreateOptions, command: KeywrightCommand) => {
      const password = passwordStdin ? await readStdin(cli.stdin) : typed;
      if (password === undefined) command.error("error: required option '--password <password>' or '--password-stdin' not specified");
      const user = await withServices(cli, (services) => services.createUser.execute({ actor, email, password, username, admin }), { ifNotMade: 'make' });
      await print(cli.stdout, json, toJson(user), toText(user));
    });

  namedPerson(users, 'reset-link', 'print a link by which a person chooses a new password: good once, for a day').action(async (...given: NamedArguments) => {
    const ref = refFrom(...given);
    const { user, address, expiresAt } = await withServices(cli, (services) => services.giveLink.execute(ref));
    const text = `Hand this to ${user.email} in a way that nobody else can read; it works once, until ${moment(expiresAt)}:\n${address}\n`;
    await print(cli.stdout, given[1].json, { ...toJson(user), link: address, expires_at: expiresAt }, text);
  });

  users
    .command('list')
    .description('everybody, newest first')
    .addOption(new Option('--limit <count>', 'the newest so many').argParser(wholeNumber))
    .option('--json', 'print JSON')
    .action(async ({ limit, json }: { readonly limit?: number; readonly json?: true }) => {
      const everybody = await withServices(cli, (services) => everyItem((page) => services.listUsers.execute(page), limit));
      const rows = everybody.map((user) => [
        user.id,
        user.email,
        user.username,
        user.admin ? 'administrator' : 'person',
        moment(user.createdAt),
        stateOf(user),
      ]);
      const none = 'There is nobody yet; keywright users create adds somebody (with LOCAL_ACCOUNTS=false, people are added when they first sign in).';
      const text = table(['ID', 'E-MAIL', 'USERNAME', 'ROLE', 'CREATED', 'STATE'], rows, none);
      await print(cli.stdout, json, everybody.map(toJson), text);
    });

  namedPerson(users, 'promote', 'make a person an administrator').action(async (...given: NamedArguments) => {
    const ref = refFrom(...given);
    const user = await withServices(cli, (services) => services.promoteUser.execute(ref));
    await print(cli.stdout, given[1].json, toJson(user), `${user.email} is an administrator.\n`);
  });

  namedPerson(users, 'demote', 'take an administrator’s rights away; secrets of apps that they saw they still know').action(
    async (...given: NamedArguments) => {
      const ref = refFrom(...given);
      const { outcome, user } = await withServices(cli, (services) => services.demoteUser.execute(ref));
      if (outcome === 'last_administrator')
        throw new CommandFailure(`${user.email} is the only administrator who is not disabled: promote somebody else first`, exitCodes.refused);
      await print(cli.stdout, given[1].json, toJson(user), `${user.email} is no administrator any more.\n`);
    },
  );

  namedPerson(users, 'disable', 'shut a person out: ends their sessions and all that acts for them, switches off their apps').action(
    async (...given: NamedArguments) => {
      const ref = refFrom(...given);
      const { user, sessionsEnded, grantsRevoked, clientsDisabled } = await withServices(cli, (services) => services.disableUser.execute({ actor, user: ref }));
      const answer = { ...toJson(user), sessions_ended: sessionsEnded, grants_revoked: grantsRevoked, clients_disabled: clientsDisabled };
      const text = `Disabled ${user.email}: ${sessionsEnded} sessions ended, ${grantsRevoked} grants revoked, ${clientsDisabled} apps of theirs switched off.\n`;
      await print(cli.stdout, given[1].json, answer, text);
    },
  );

  namedPerson(users, 'enable', 'let a disabled person sign in again').action(async (...given: NamedArguments) => {
    const ref = refFrom(...given);
    const { user, clientsEnabled } = await withServices(cli, (services) => services.enableUser.execute({ actor, user: ref }));
    const answer = { ...toJson(user), clients_enabled: clientsEnabled };
    await print(cli.stdout, given[1].json, answer, `Enabled ${user.email}: ${clientsEnabled} apps of theirs switched on again.\n`);
  });

  namedPerson(users, 'delete', 'forget a person, and end all that is theirs, the clients they registered included').action(async (...given: NamedArguments) => {
    const ref = refFrom(...given);
    const deleted = await withServices(cli, (services) => services.deleteUser.execute({ actor, user: ref, reason: 'revoked_by_operator' }));
    const { email, sessionsEnded, grantsRevoked, clientsRemoved } = deleted;
    const answer = { email, deleted: true, sessions_ended: sessionsEnded, grants_revoked: grantsRevoked, clients_removed: clientsRemoved };
    const text = `Deleted ${email}: ${sessionsEnded} sessions ended, ${grantsRevoked} grants revoked, ${clientsRemoved} clients removed.\n`;
    await print(cli.stdout, given[1].json, answer, text);
  });

  addUserSessionCommands(users, cli);
}

function toJson({ id, email, username, admin, createdAt, disabledAt }: User): Record<string, unknown> {
  return { id, email, username, admin, created_at: createdAt, disabled_at: disabledAt };
}

function toText(user: User): string {
  return fields([
    ['id', user.id],
    ['e-mail', user.email],
    ['username', user.username],
    ['role', user.admin ? 'administrator' : 'person'],
  ]);
}

function stateOf({ disabledAt }: User): string {
  return disabledAt === null ? 'active' : `disabled ${moment(disabledAt)}`;
}
