import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { PageRequest } from '../../application/ports/page.js';
import type { User } from '../../domain/people/user.js';

const macBytes = 16;
const rowsOnAPage = 25;

/** Whose view of which list. */
export interface ListView {
  readonly list: string;
  readonly person: User;
}

/** Where the next page of a list starts, signed: otherwise people could try ids of others there and learn where these stand. */
export class ListCursor {
  private readonly key: Uint8Array;

  constructor(secretKey: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secretKey, '', 'keywright page cursors', 32));
  }

  /** The address of the page that starts after the item; `null` at the end. */
  href(view: ListView, path: string, next: string | null): string | null {
    return next === null ? null : `${path}?after=${this.mac(view, next).toString('base64url')}.${encodeURIComponent(next)}`;
  }

  /** The page asked for; a cursor that was not made for this person and list starts from the beginning. */
  page(view: ListView, cursor: string | null): PageRequest {
    const after = cursor === null ? null : this.after(view, cursor);
    return after === null ? { limit: rowsOnAPage } : { limit: rowsOnAPage, after };
  }

  private after(view: ListView, cursor: string): string | null {
    const dot = cursor.indexOf('.');
    const [mac, after] = [Buffer.from(cursor.slice(0, dot), 'base64url'), cursor.slice(dot + 1)];
    return dot > 0 && mac.length === macBytes && timingSafeEqual(mac, this.mac(view, after)) ? after : null;
  }

  private mac({ list, person }: ListView, after: string): Buffer {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([list, person.id, after]))
      .digest()
      .subarray(0, macBytes);
  }
}
