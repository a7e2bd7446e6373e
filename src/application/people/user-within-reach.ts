import { NotFound } from '../../domain/errors.js';
import type { User } from '../../domain/people/user.js';
import { type Actor, actsForAll, personOf } from '../clients/actor.js';
import type { UserRepository } from '../ports/user-repository.js';
import { namedUser, type UserRef } from './named-user.js';

/** The person so named, if the actor is that person or acts for all. Everybody else's is `NotFound`, as if nobody were there. */
export async function userWithinReach(users: UserRepository, actor: Actor, ref: UserRef): Promise<User> {
  const user = await namedUser(users, ref);
  if (!(actsForAll(actor) || user.id === personOf(actor))) throw new NotFound('user');
  return user;
}
