import type { Actor } from '../../application/clients/actor.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import { SignedPlaces } from '../signed-places.js';
import { ApiProblem } from './problem.js';

/** Which list, asked for by whom: a cursor of another one is refused. */
export interface CursorScope {
  readonly list: string;
  readonly actor: Actor;
}

/** Cursors say where the next page of a list starts. */
export class Cursors {
  private readonly places: SignedPlaces;

  constructor(secretKeys: SecretKeys) {
    this.places = new SignedPlaces(secretKeys, 'keywright api cursors');
  }

  write({ list, actor }: CursorScope, after: string): string {
    return this.places.write([list, actor], after);
  }

  /** The `after` of the page; throws `ApiProblem` when the cursor was altered or made for another list or another person. */
  read({ list, actor }: CursorScope, cursor: string): string {
    const after = this.places.read([list, actor], cursor);
    if (after === null) throw new ApiProblem('invalid-cursor');
    return after;
  }
}
