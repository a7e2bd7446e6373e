import type { AccessToken } from '../../domain/tokens/access-token.js';
import { bytesOf, Lately, textOf } from '../lately.js';

/** Tokens of each of the two halves: 20,000 at most, some 600 bytes each. */
const half = 10_000;

/** Of text and numbers, which is less than bytes and moments. */
interface Remembered extends Omit<AccessToken, 'id' | 'digest' | 'authenticatedAt' | 'issuedAt' | 'expiresAt'> {
  readonly digest: string;
  readonly authenticatedAt: number | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What never changes of the access tokens that were read lately. Whether one still is good is not among it: that, the database is asked each time. */
export class RecentAccessTokens {
  private readonly tokens: Lately<Remembered>;

  constructor(mostYoung = half) {
    this.tokens = new Lately(mostYoung);
  }

  remember({ id, digest, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt }: AccessToken): void {
    this.tokens.set(id, {
      digest: textOf(digest),
      clientId,
      userId,
      grantId,
      scopes,
      resources,
      authenticatedAt: authenticatedAt?.getTime() ?? null,
      issuedAt: issuedAt.getTime(),
      expiresAt: expiresAt.getTime(),
    });
  }

  recall(id: string): AccessToken | null {
    const known = this.tokens.get(id);
    if (known === undefined) return null;
    const { digest, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt } = known;
    return {
      id,
      digest: bytesOf(digest),
      clientId,
      userId,
      grantId,
      scopes,
      resources,
      authenticatedAt: authenticatedAt === null ? null : new Date(authenticatedAt),
      issuedAt: new Date(issuedAt),
      expiresAt: new Date(expiresAt),
    };
  }
}
