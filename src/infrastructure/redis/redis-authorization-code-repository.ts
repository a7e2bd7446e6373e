import type { AuthorizationCodeRepository, Consumption, ConsumptionOutcome } from '../../application/ports/authorization-code-repository.js';
import type { GrantRepository } from '../../application/ports/grant-repository.js';
import type { AuthorizationCode } from '../../domain/authorization/authorization-code.js';
import { isUuid } from '../../domain/is-uuid.js';
import { recordOf, textOf } from '../record-text.js';
import type { RedisConnection } from './redis-connection.js';
import { endingFrom } from './redis-end-of-grants.js';
import { keys } from './redis-keys.js';
import { readRecord } from './scripts/records.js';
import { addCode, consumeCode } from './scripts/tokens.js';
import { leastTimeToLive, type TimeToLive } from './time-to-live.js';
import type { TokenReach } from './token-reach.js';

export class RedisAuthorizationCodeRepository implements AuthorizationCodeRepository {
  constructor(
    private readonly redis: RedisConnection,
    private readonly life: TimeToLive,
    private readonly reach: TokenReach,
    private readonly grants: GrantRepository,
  ) {}

  async add(code: AuthorizationCode): Promise<void> {
    const { id, grantId, clientId, userId, issuedAt, expiresAt } = code;
    const fields = ['record', textOf(code), 'grant', grantId, 'client', clientId, 'user', userId, 'expires', expiresAt.getTime()];
    await this.grants.need(grantId, expiresAt);
    await this.redis.run(addCode, [keys.code(id)], [this.life.of(issuedAt, expiresAt), grantId, ...fields]);
  }

  async find(id: string): Promise<AuthorizationCode | null> {
    if (!isUuid(id)) return null;
    const [record] = (await this.redis.run(readRecord, [keys.code(id)], ['record'])) as [string | null];
    return record === null ? null : recordOf<AuthorizationCode>(record);
  }

  /** First the grant is told how long it will be needed: of the two stores, the one that forgets it too late does no harm. */
  async consume({ id, at, accessToken, refreshToken }: Consumption): Promise<ConsumptionOutcome> {
    if (!isUuid(id)) return 'unknown';
    const grantId = accessToken.grantId ?? '';
    const needed = refreshToken && refreshToken.absoluteExpiresAt > accessToken.expiresAt ? refreshToken.absoluteExpiresAt : accessToken.expiresAt;
    await this.grants.need(grantId, needed);
    await this.reach.cover(accessToken);
    const saved = [this.life.of(accessToken.issuedAt, accessToken.expiresAt), textOf(accessToken)];
    if (refreshToken) saved.push(this.life.of(refreshToken.issuedAt, refreshToken.expiresAt), textOf(refreshToken), refreshToken.expiresAt.getTime());
    const reply = await this.redis.run(
      consumeCode,
      [keys.code(id), keys.accessToken(accessToken.id), ...(refreshToken ? [keys.refreshToken(refreshToken.id)] : [])],
      [at.getTime(), leastTimeToLive, this.life.of(at, needed), ...saved],
    );
    const [outcome, ...ending] = reply as [ConsumptionOutcome, ...string[]];
    if (outcome === 'replayed') {
      const { at: endedAt, reason } = endingFrom(ending);
      await this.grants.revoke(grantId, reason, endedAt);
    }
    return outcome;
  }
}
