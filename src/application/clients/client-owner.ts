import { InvalidInput, NotFound } from '../../domain/errors.js';
import { namedUser, type UserRef } from '../people/named-user.js';
import type { UserRepository } from '../ports/user-repository.js';
import { type Actor, actsForAll, personOf } from './actor.js';

/** Whose a client is to be. `nobody`: Zapier's own, a machine. */
export type OwnerChoice = UserRef | 'nobody';

/** The owner's id, `null` for nobody. Left out, a person's client is their own and the command line's nobody's. Throws `InvalidInput` at `owner`. */
export async function chosenOwner(users: UserRepository, actor: Actor, choice: OwnerChoice | undefined): Promise<string | null> {
  if (choice === undefined) return personOf(actor);
  if (!actsForAll(actor)) throw new InvalidInput([{ field: 'owner', message: 'only an administrator chooses whose a client is' }]);
  if (choice === 'nobody') return null;
  try {
    return (await namedUser(users, choice)).id;
  } catch (error) {
    if (error instanceof NotFound) throw new InvalidInput([{ field: 'owner', message: 'there is no such person' }]);
    throw error;
  }
}
