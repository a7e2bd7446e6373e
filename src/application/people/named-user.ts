import { NotFound } from '../../domain/errors.js';
import { normaliseEmail, type User } from '../../domain/people/user.js';
import type { UserRepository } from '../ports/user-repository.js';

/** A person, named by the id or by the e-mail address in any spelling. */
export type UserRef = { readonly id: string } | { readonly email: string };

/** The person so named; throws `NotFound` when there is none. */
export async function namedUser(users: UserRepository, ref: UserRef): Promise<User> {
  const user = 'id' in ref ? await users.find(ref.id) : await byEmail(users, ref.email);
  if (user === null) throw new NotFound('user');
  return user;
}

async function byEmail(users: UserRepository, text: string): Promise<User | null> {
  const email = normaliseEmail(text);
  return email === null ? null : users.findByEmail(email);
}
