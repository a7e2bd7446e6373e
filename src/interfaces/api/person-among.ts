import type { Actor, Person } from '../../application/clients/actor.js';
import { ApiProblem } from './problem.js';

/** The person who acts. Throws `ApiProblem` for the house, for which nothing acts and which is signed in nowhere. */
export function personAmong(actor: Actor): Person {
  if (actor === 'operator' || 'house' in actor) throw new ApiProblem('forbidden', 'the access token acts for no person');
  return actor;
}
