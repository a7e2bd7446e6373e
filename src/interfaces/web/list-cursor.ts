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

/** The addresses of other pages of a list. */
interface PageLinks {
  readonly firstHref: string | null;
  readonly nextHref: string | null;
}

/** Where the next page of a list starts, in the address of that page. */
export class ListCursor {
  private readonly places: SignedPlaces;

  constructor(secretKeys: SecretKeys) {
    this.places = new SignedPlaces(secretKeys, 'keywright page cursors');
  }

  /** The page asked for; a cursor that was not made for this person and list starts from the beginning. */
  page({ list, person }: ListView, cursor: string | null): PageRequest {
    const after = cursor === null ? null : this.places.read([list, person.id], cursor);
    return after === null ? { limit: rowsOnAPage } : { limit: rowsOnAPage, after };
  }

  /**
   * From that page to the first, and to the one that starts after `next`; `null` where there is none. By the page and not by what was asked for: a cursor that was not
   * taken led to the first page.
   */
  links({ list, person }: ListView, path: string, { after }: PageRequest, next: string | null): PageLinks {
    return {
      firstHref: after === undefined ? null : path,
      nextHref: next === null ? null : `${path}?after=${this.places.write([list, person.id], next)}`,
    };
  }
}
