import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../../application/clients/actor.js';
import { ApiProblem } from './problem.js';

const macBytes = 16;
const longestCursor = 512;

/** Which list, asked for by whom: a cursor of another one is refused. */
export interface CursorScope {
  readonly list: string;
  readonly actor: Actor;
}

/** Cursors say where the next page of a list starts. They are signed, so that nobody can start where they have not been. */
export class Cursors {
  private readonly key: Uint8Array;

  constructor(secretKey: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secretKey, '', 'keywright api cursors', 32));
  }

  write(scope: CursorScope, after: string): string {
    return Buffer.concat([this.mac(scope, after), Buffer.from(after)]).toString('base64url');
  }

  /** The `after` of the page; throws `ApiProblem` when the cursor was altered or made for another list or another person. */
  read(scope: CursorScope, cursor: string): string {
    const bytes = Buffer.from(cursor.slice(0, longestCursor), 'base64url');
    const after = bytes.subarray(macBytes).toString();
    // Decoding is forgiving, so that more than one text would do: only the one that was handed out does.
    const genuine = bytes.length > macBytes && bytes.toString('base64url') === cursor && timingSafeEqual(bytes.subarray(0, macBytes), this.mac(scope, after));
    if (!genuine) throw new ApiProblem('invalid-cursor');
    return after;
  }

  private mac({ list, actor }: CursorScope, after: string): Uint8Array {
    const text = JSON.stringify([list, actor, after]);
    return createHmac('sha256', this.key).update(text).digest().subarray(0, macBytes);
  }
}
