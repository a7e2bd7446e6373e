import type { AuthorizationRequestRepository } from '../../application/ports/authorization-request-repository.js';
import type { AuthorizationRequest, Decision } from '../../domain/authorization/authorization-request.js';
import { isUuid } from '../../domain/is-uuid.js';
import { recordOf, textOf } from '../record-text.js';
import type { RedisConnection } from './redis-connection.js';
import { keys } from './redis-keys.js';
import { addRecord, readRecord } from './scripts/records.js';
import { chooseAccount, decideRequest } from './scripts/requests.js';
import type { TimeToLive } from './time-to-live.js';

export class RedisAuthorizationRequestRepository implements AuthorizationRequestRepository {
  constructor(
    private readonly redis: RedisConnection,
    private readonly life: TimeToLive,
  ) {}

  async add({ decision, chosenBy, ...request }: AuthorizationRequest): Promise<void> {
    const life = this.life.of(request.createdAt, request.expiresAt);
    const fields = ['record', textOf(request), 'decision', decision === null ? '' : textOf(decision), 'chosen', chosenBy ?? ''];
    await this.redis.run(addRecord, [keys.request(request.id)], [life, ...fields]);
  }

  async find(id: string): Promise<AuthorizationRequest | null> {
    if (!isUuid(id)) return null;
    const [record, decision, chosen] = (await this.redis.run(readRecord, [keys.request(id)], ['record', 'decision', 'chosen'])) as (string | null)[];
    if (!record) return null;
    return { ...recordOf<AuthorizationRequest>(record), decision: decision ? recordOf<Decision>(decision) : null, chosenBy: chosen || null };
  }

  async chooseAccount(id: string, userId: string): Promise<void> {
    if (isUuid(id)) await this.redis.run(chooseAccount, [keys.request(id)], [userId]);
  }

  async decide(id: string, decision: Decision): ReturnType<AuthorizationRequestRepository['decide']> {
    if (!isUuid(id)) return null;
    const earlier = (await this.redis.run(decideRequest, [keys.request(id)], [textOf(decision)])) as string | null;
    if (earlier === null) return null;
    return earlier === '' ? { outcome: 'decided' } : { outcome: 'earlier', earlier: recordOf<Decision>(earlier) };
  }
}
