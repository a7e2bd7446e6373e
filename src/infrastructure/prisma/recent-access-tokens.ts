import type { AccessToken } from '../../domain/tokens/access-token.js';
import { isSmall } from '../is-small.js';
import { Lately } from '../lately.js';

/** Tokens of each of the two halves: 20,000 at most, about a kilobyte each, and some three where scopes and resources are as many as may be kept. */
const half = 10_000;

/**
 * Milliseconds for which a token is kept that was read. What ends it is heard at once all the same; this bounds how long one is believed to be there that nobody
 * ended but that is gone: deleted by hand, or missing in a backup or standby that took over.
 */
const keptFor = 60_000;

/** Marks of tokens that were read, each where the last bits of its id say: a quarter of a megabyte. */
const places = 1 << 16;

/**
 * What never changes of the access tokens that were read twice lately. Whether one still is good is not among it: that, the database is asked each time. To keep
 * one costs the garbage collector what it spares in one or two checks, and many tokens are checked once.
 */
export class RecentAccessTokens {
  private readonly tokens = new Lately<{ readonly token: AccessToken; readonly until: number }>(half);
  private readonly marks = new Uint32Array(places);

  /** To be told of every token that is read and has not ended. */
  remember(token: AccessToken): void {
    // Of a UUID of version 7 the last 62 bits are random; a mark of another token does no harm.
    const mark = Number.parseInt(token.id.slice(-8), 16);
    const place = mark % places;
    if (this.marks[place] !== mark) this.marks[place] = mark;
    else if (isSmall(token)) this.tokens.set(token.id, { token: ownCopy(token), until: performance.now() + keptFor });
  }

  recall(id: string): AccessToken | null {
    const known = this.tokens.get(id);
    return known && performance.now() < known.until ? ownCopy(known.token) : null;
  }

  forget(id: string): void {
    this.tokens.delete(id);
  }
}

/** Shares nothing with it, and holds on to nothing, as bytes do that came from a socket. Member by member: it is made with every check. */
function ownCopy({ id, digest, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt }: AccessToken): AccessToken {
  return {
    id,
    digest: new Uint8Array(digest),
    clientId,
    userId,
    grantId,
    scopes: scopes.slice(),
    resources: resources.slice(),
    authenticatedAt: authenticatedAt && new Date(authenticatedAt),
    issuedAt: new Date(issuedAt),
    expiresAt: new Date(expiresAt),
  };
}
