import type { UserRef } from '../../application/people/named-user.js';
import type { KeywrightCommand } from './keywright-command.js';
import { userRef } from './user-ref.js';

export type NamedArguments = [user: string | undefined, options: { readonly email?: string; readonly json?: true }, command: KeywrightCommand];

/** A command about one person, named by e-mail address or id. */
export function namedPerson(users: KeywrightCommand, name: string, description: string): KeywrightCommand {
  return users
    .command(name)
    .description(description)
    .argument('[user]', 'their e-mail address or id')
    .option('--email <email>', 'their e-mail address')
    .option('--json', 'print JSON');
}

export function refFrom(user: string | undefined, { email }: { readonly email?: string }, command: KeywrightCommand): UserRef {
  if (user !== undefined && email === undefined) return userRef(user);
  if (user === undefined && email !== undefined) return { email };
  return command.error('error: name one person, by e-mail address or id');
}
