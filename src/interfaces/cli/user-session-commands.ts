import type { Session } from '../../domain/people/session.js';
import type { CommandLine } from './command-line.js';
import { everyItem } from './every-item.js';
import type { KeywrightCommand } from './keywright-command.js';
import { type NamedArguments, namedPerson, refFrom } from './named-person.js';
import { moment, print, table } from './terminal.js';
import { withServices } from './with-services.js';

/** `users sessions`, `users sign-out`: where a person is signed in. */
export function addUserSessionCommands(users: KeywrightCommand, cli: CommandLine): void {
  namedPerson(users, 'sessions', 'where a person is signed in').action(async (...given: NamedArguments) => {
    const user = refFrom(...given);
    const sessions = await withServices(cli, (services) => everyItem((page) => services.listSessions.execute({ actor: 'operator', user, page })));
    const heading = ['ID', 'BROWSER', 'FROM', 'METHOD', 'SIGNED IN', 'LAST SEEN', 'ENDS'];
    const none = 'This person is not signed in anywhere.';
    await print(cli.stdout, given[1].json, sessions.map(toJson), table(heading, sessions.map(toRow), none));
  });

  namedPerson(users, 'sign-out', 'sign a person out everywhere; they can sign in again').action(async (...given: NamedArguments) => {
    const ref = refFrom(...given);
    const { user, ended } = await withServices(cli, async (services) => {
      const user = await services.showUser.execute(ref);
      return { user, ended: await services.endOtherSessions.execute({ actor: 'operator', userId: user.id, except: null }) };
    });
    const answer = { id: user.id, email: user.email, sessions_ended: ended };
    await print(cli.stdout, given[1].json, answer, `Signed ${user.email} out: ${ended} sessions ended.\n`);
  });
}

function toRow({ id, browser, from, method, createdAt, lastSeenAt, expiresAt }: Session): string[] {
  return [id, browser ?? 'unknown', from ?? 'unknown', method, moment(createdAt), moment(lastSeenAt), moment(expiresAt)];
}

function toJson({ id, browser, from, method, createdAt, authenticatedAt, lastSeenAt, expiresAt }: Session): Record<string, unknown> {
  const moments = { created_at: createdAt, authenticated_at: authenticatedAt, last_seen_at: lastSeenAt, expires_at: expiresAt };
  return { id, browser, address: from, method, ...moments };
}
