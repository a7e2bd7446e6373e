import type { Ending, EndReason } from '../../domain/authorization/grant.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';
import { endOfToken } from '../../domain/tokens/own-token.js';
import { recordOf } from '../record-text.js';
import type { RedisConnection } from './redis-connection.js';
import { findToken } from './scripts/tokens.js';

export interface FoundToken<Token> {
  readonly token: Token;
  readonly rotatedAt: Date | null;
  /** The latest expiry, where it was moved. */
  readonly expiresAt: Date | null;
  readonly ended: Ending | null;
}

/** A token with all that changed since it was saved. */
export async function foundToken<Token extends Pick<AccessToken, 'grantId' | 'issuedAt'>>(
  redis: RedisConnection,
  key: string,
): Promise<FoundToken<Token> | null> {
  const reply = (await redis.run(findToken, [key])) as [string, ...(string | null)[]] | null;
  if (reply === null) return null;
  const [record, rotated, expires, endedAt, why, ownTokensRevokedAt] = reply;
  const token = recordOf<Token>(record);
  const ended = endedAt ? { at: new Date(Number(endedAt)), reason: why as EndReason } : null;
  return {
    token,
    rotatedAt: moment(rotated),
    expiresAt: moment(expires),
    ended: endOfToken(token, ended, moment(ownTokensRevokedAt)),
  };
}

function moment(milliseconds: string | null | undefined): Date | null {
  return milliseconds ? new Date(Number(milliseconds)) : null;
}
