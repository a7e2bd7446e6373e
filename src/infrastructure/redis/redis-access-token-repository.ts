import type { AccessTokenRepository, TokenWithUser } from '../../application/ports/access-token-repository.js';
import type { RevocationRepository } from '../../application/ports/revocation-repository.js';
import type { UserRepository } from '../../application/ports/user-repository.js';
import type { EndReason } from '../../domain/authorization/grant.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { AccessToken, StoredAccessToken } from '../../domain/tokens/access-token.js';
import { textOf } from '../record-text.js';
import type { RedisConnection } from './redis-connection.js';
import { keys } from './redis-keys.js';
import { foundToken } from './redis-stored-token.js';
import { addRecord } from './scripts/records.js';
import { addOwnToken, revokeToken } from './scripts/tokens.js';
import type { TimeToLive } from './time-to-live.js';
import type { TokenReach } from './token-reach.js';

export class RedisAccessTokenRepository implements AccessTokenRepository {
  constructor(
    private readonly redis: RedisConnection,
    private readonly life: TimeToLive,
    private readonly reach: TokenReach,
    private readonly revocations: RevocationRepository,
    private readonly users: UserRepository,
  ) {}

  async add(token: AccessToken): Promise<void> {
    await this.reach.cover(token);
    const life = this.life.of(token.issuedAt, token.expiresAt);
    const fields = ['record', textOf(token), 'grant', token.grantId ?? '', 'client', token.clientId, 'user', token.userId ?? ''];
    const key = keys.accessToken(token.id);
    if (token.grantId !== null) await this.redis.run(addRecord, [key], [life, ...fields]);
    else await this.redis.run(addOwnToken, [key, keys.newestOwnToken(token.clientId)], [life, token.issuedAt.getTime(), ...fields]);
  }

  async find(id: string): Promise<StoredAccessToken | null> {
    const found = isUuid(id) ? await foundToken<AccessToken>(this.redis, keys.accessToken(id)) : null;
    return found && { ...found.token, ended: found.ended };
  }

  /** The person lies in the other store, which is asked for them after the token was found. */
  async findWithUser(id: string): Promise<TokenWithUser | null> {
    const token = await this.find(id);
    const user = token === null || token.userId === null ? null : await this.users.find(token.userId);
    return token && { token, user: user && { id: user.id, email: user.email, username: user.username, admin: user.admin, disabledAt: user.disabledAt } };
  }

  /** First the log, then the token: interrupted between the two, it is said of a living token that it ended, and whoever asks again ends it. */
  async revoke(id: string, reason: EndReason, at: Date): Promise<void> {
    const token = await this.find(id);
    if (token === null || token.ended !== null) return;
    await this.revocations.add({ subject: { kind: 'token', tokenId: id }, at, until: token.expiresAt, reason });
    await this.redis.run(revokeToken, [keys.accessToken(id)], [at.getTime(), reason]);
  }
}
