import { type Actor, actsForAll } from '../../application/clients/actor.js';
import type { Authentication } from '../../application/tokens/authenticate.js';
import { adminScope } from '../../domain/api-scope.js';
import { ApiProblem } from './problem.js';

/**
 * Whom a token lets act: its person, an administrator only where both the person and the token say so; or the house, where a client of
 * nobody's acts for itself with the scope `admin`. Throws `ApiProblem` for every other client that acts for itself.
 */
export function apiActor({ token, client, user }: Authentication & { active: true }, forAdministrators: boolean): Actor {
  const wide = token.scopes.includes(adminScope);
  const actor = user
    ? { id: user.id, admin: user.admin && wide, through: client.id }
    : wide && client.ownerId === null
      ? ({ house: true, through: client.id } as const)
      : null;
  if (actor === null) throw new ApiProblem('forbidden', 'the access token acts for no person');
  if (forAdministrators && !actsForAll(actor)) throw new ApiProblem('forbidden', 'only an administrator may do that');
  return actor;
}
