import type { GrantRepository } from '../../application/ports/grant-repository.js';
import type { Keeping, RefreshRefusal, RefreshTokenRepository, Rotation } from '../../application/ports/refresh-token-repository.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';
import type { RefreshToken, StoredRefreshToken } from '../../domain/tokens/refresh-token.js';
import { textOf } from '../record-text.js';
import type { RedisConnection, Reply } from './redis-connection.js';
import { endingFrom } from './redis-end-of-grants.js';
import { keys } from './redis-keys.js';
import { foundToken } from './redis-stored-token.js';
import { keepToken, rotateToken } from './scripts/tokens.js';
import { leastTimeToLive, type TimeToLive } from './time-to-live.js';
import type { TokenReach } from './token-reach.js';

export class RedisRefreshTokenRepository implements RefreshTokenRepository {
  constructor(
    private readonly redis: RedisConnection,
    private readonly life: TimeToLive,
    private readonly reach: TokenReach,
    private readonly grants: GrantRepository,
  ) {}

  async find(id: string): Promise<StoredRefreshToken | null> {
    const found = isUuid(id) ? await foundToken<RefreshToken>(this.redis, keys.refreshToken(id)) : null;
    return found && { ...found.token, expiresAt: found.expiresAt ?? found.token.expiresAt, rotatedAt: found.rotatedAt, ended: found.ended };
  }

  async rotate({ id, at, successor, accessToken, sealedAnswer, repeatableUntil }: Rotation): Promise<{ readonly outcome: 'rotated' } | RefreshRefusal> {
    if (!isUuid(id)) return { outcome: 'unknown' };
    const successorValues = [this.life.of(successor.issuedAt, successor.expiresAt), textOf(successor), successor.expiresAt.getTime()];
    const answerValues = [Buffer.from(sealedAnswer).toString('base64'), repeatableUntil.getTime()];
    await this.reach.cover(accessToken);
    const { used, values } = this.usage(id, at, accessToken);
    const reply = await this.redis.run(rotateToken, [...used, keys.refreshToken(successor.id)], [...values, ...successorValues, ...answerValues]);
    return (await this.refusal(reply, accessToken)) ?? { outcome: 'rotated' };
  }

  async keep({ id, at, expiresAt, accessToken }: Keeping): Promise<{ readonly outcome: 'kept' } | RefreshRefusal> {
    if (!isUuid(id)) return { outcome: 'unknown' };
    await this.reach.cover(accessToken);
    const { used, values } = this.usage(id, at, accessToken);
    const reply = await this.redis.run(keepToken, used, [...values, this.life.of(at, expiresAt), expiresAt.getTime()]);
    return (await this.refusal(reply, accessToken)) ?? { outcome: 'kept' };
  }

  /** `null`: the token was used. */
  private async refusal(reply: Reply, { grantId }: AccessToken): Promise<RefreshRefusal | null> {
    const [outcome, ...rest] = reply as [RefreshRefusal['outcome'] | 'rotated' | 'kept', ...string[]];
    if (outcome === 'rotated' || outcome === 'kept') return null;
    if (outcome === 'repeated') return { outcome, sealedAnswer: new Uint8Array(Buffer.from(rest[0] ?? '', 'base64')) };
    if (outcome === 'reused') {
      const { at, reason } = endingFrom(rest);
      await this.grants.revoke(grantId ?? '', reason, at);
    }
    return { outcome };
  }

  /** What both uses of a token begin with. */
  private usage(id: string, at: Date, accessToken: AccessToken): { used: string[]; values: (string | number)[] } {
    const saved = [this.life.of(accessToken.issuedAt, accessToken.expiresAt), textOf(accessToken)];
    return { used: [keys.refreshToken(id), keys.accessToken(accessToken.id)], values: [at.getTime(), leastTimeToLive, ...saved] };
  }
}
