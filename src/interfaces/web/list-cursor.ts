import type { PageRequest } from '../../application/ports/page.js';
import type { User } from '../../domain/people/user.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import { SignedPlaces } from '../signed-places.js';

const rowsOnAPage = 25;

/** Whose view of which list. */
export interface ListView {
  readonly list: string;
  readonly person: User;
}

/** Where the next page of a list starts, in the address of that page. */
export class ListCursor {
  private readonly places: SignedPlaces;

  constructor(secretKeys: SecretKeys) {
    this.places = new SignedPlaces(secretKeys, 'keywright page cursors');
  }

  /** The address of the page that starts after the item; `null` at the end. */
  href({ list, person }: ListView, path: string, next: string | null): string | null {
    return next === null ? null : `${path}?after=${this.places.write([list, person.id], next)}`;
  }

  /** The page asked for; a cursor that was not made for this person and list starts from the beginning. */
  page({ list, person }: ListView, cursor: string | null): PageRequest {
    const after = cursor === null ? null : this.places.read([list, person.id], cursor);
    return after === null ? { limit: rowsOnAPage } : { limit: rowsOnAPage, after };
  }
}
