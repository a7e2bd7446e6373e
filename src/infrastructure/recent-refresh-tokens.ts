import type { Keeping, RefreshTokenRepository, Rotation } from '../application/ports/refresh-token-repository.js';
import type { RefreshToken, StoredRefreshToken } from '../domain/tokens/refresh-token.js';
import { isSmall } from './is-small.js';
import { Lately } from './lately.js';

/** Tokens of each of the two halves: 20,000 at most, some 200 bytes each where all of a chain is refreshed here, and some three kilobytes where scopes and resources are as many as may be kept. */
const half = 10_000;

/** What a token has from the one before it, which all of a chain share. */
type Terms = Omit<RefreshToken, 'id' | 'digest' | 'issuedAt' | 'expiresAt'>;

/** Small, and of text and numbers: what is not replaced soon is copied twice by the garbage collector. */
interface Remembered {
  readonly digest: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly terms: Terms;
}

/**
 * For refreshing alone: what this instance issued or read lately, so that a refresh is one statement and not two. Of a token nothing is taken from here but
 * what never changes; whether it may be used, the store decides in `rotate` and `keep`, as ever. Whoever only tells what a token is (introspection) asks the
 * store.
 */
export class RecentRefreshTokens implements RefreshTokenRepository {
  private readonly recent: Lately<Remembered>;

  constructor(
    private readonly stored: RefreshTokenRepository,
    mostYoung = half,
  ) {
    this.recent = new Lately(mostYoung);
  }

  async find(id: string): Promise<StoredRefreshToken | null> {
    const known = this.recent.get(id);
    if (known) return recalled(id, known);
    const found = await this.stored.find(id);
    if (found && found.rotatedAt === null && found.ended === null) this.remember(found, termsOf(found));
    return found;
  }

  async rotate(rotation: Rotation): ReturnType<RefreshTokenRepository['rotate']> {
    const result = await this.stored.rotate(rotation);
    if (result.outcome !== 'rotated') return result;
    const terms = this.recent.get(rotation.id)?.terms ?? termsOf(rotation.successor);
    // Hardly asked for again. Kept, each would live until the garbage collector has moved it among the old.
    this.recent.delete(rotation.id);
    this.remember(rotation.successor, terms);
    return result;
  }

  keep(keeping: Keeping): ReturnType<RefreshTokenRepository['keep']> {
    return this.stored.keep(keeping);
  }

  private remember({ id, digest, issuedAt, expiresAt }: RefreshToken, terms: Terms): void {
    if (!isSmall(terms)) return;
    const bytes = Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength);
    this.recent.set(id, { digest: bytes.toString('latin1'), issuedAt: issuedAt.getTime(), expiresAt: expiresAt.getTime(), terms });
  }
}

function recalled(id: string, { digest, issuedAt, expiresAt, terms }: Remembered): StoredRefreshToken {
  const { clientId, userId, grantId, scopes, resources, authenticatedAt, absoluteExpiresAt } = terms;
  return {
    id,
    digest: Buffer.from(digest, 'latin1'),
    clientId,
    userId,
    grantId,
    scopes,
    resources,
    authenticatedAt,
    issuedAt: new Date(issuedAt),
    expiresAt: new Date(expiresAt),
    absoluteExpiresAt,
    rotatedAt: null,
    ended: null,
  };
}

function termsOf({ clientId, userId, grantId, scopes, resources, authenticatedAt, absoluteExpiresAt }: RefreshToken): Terms {
  return { clientId, userId, grantId, scopes, resources, authenticatedAt, absoluteExpiresAt };
}
