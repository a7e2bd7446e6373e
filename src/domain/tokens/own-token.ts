import type { Ending } from '../authorization/grant.js';
import type { Client } from '../clients/client.js';
import type { AccessToken } from './access-token.js';

/**
 * How a token has ended, if it has: with all that its client obtained for itself (RFC 6749 §4.4), or otherwise; what came first counts.
 *
 * @param otherwise how it ended by itself or with what it descends from
 * @param ownTokensRevokedAt of its client: what that obtained for itself until then has ended, that millisecond included
 */
export function endOfToken(
  { grantId, issuedAt }: Pick<AccessToken, 'grantId' | 'issuedAt'>,
  otherwise: Ending | null,
  ownTokensRevokedAt: Date | null,
): Ending | null {
  if (grantId !== null || ownTokensRevokedAt === null || issuedAt > ownTokensRevokedAt) return otherwise;
  return otherwise && otherwise.at < ownTokensRevokedAt ? otherwise : { at: ownTokensRevokedAt, reason: 'revoked_by_operator' };
}

/**
 * This moment, for what is done with the tokens that a client obtains for itself: later than all that were ended, though it be in the same millisecond, or by a
 * clock that is behind that of whoever ended them (ADR 0046). With it a token counts as issued, and all that there are until now are ended.
 */
export function momentOfOwnTokens({ ownTokensRevokedAt }: Pick<Client, 'ownTokensRevokedAt'>, now: Date): Date {
  return ownTokensRevokedAt !== null && now <= ownTokensRevokedAt ? new Date(ownTokensRevokedAt.getTime() + 1) : now;
}
