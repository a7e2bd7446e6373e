import type { AccessToken } from '../../domain/tokens/access-token.js';
import { Lately } from '../lately.js';

/** Tokens of each of the two halves: 20,000 at most, about a kilobyte each. */
const half = 10_000;

/** Marks of tokens that were read, each where the last bits of its id say: a quarter of a megabyte. */
const places = 1 << 16;

/**
 * What never changes of the access tokens that were read twice lately. Whether one still is good is not among it: that, the database is asked each time. To keep
 * one costs the garbage collector what it spares in one or two checks, and many tokens are checked once.
 */
export class RecentAccessTokens {
  private readonly tokens = new Lately<AccessToken>(half);
  private readonly marks = new Uint32Array(places);

  /** To be told of every token that is read and good. */
  remember({ id, digest, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt }: AccessToken): void {
    // Of a UUID of version 7 the last 62 bits are random; a mark of another token does no harm.
    const mark = Number.parseInt(id.slice(-8), 16);
    const place = mark % places;
    if (this.marks[place] !== mark) {
      this.marks[place] = mark;
      return;
    }
    // A copy: bytes that came from a socket hold on to all that came with them.
    const copy = new Uint8Array(digest);
    this.tokens.set(id, { id, digest: copy, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt });
  }

  recall(id: string): AccessToken | undefined {
    return this.tokens.get(id);
  }
}
