import type { IdempotencyRepository, IdempotentBeginning, IdempotentRun } from '../../application/ports/idempotency-repository.js';
import type { RedisConnection } from './redis-connection.js';
import { keys } from './redis-keys.js';
import { beginRun, finishRun, forgetRun } from './scripts/runs.js';
import type { TimeToLive } from './time-to-live.js';

export class RedisIdempotencyRepository implements IdempotencyRepository {
  constructor(
    private readonly redis: RedisConnection,
    private readonly life: TimeToLive,
  ) {}

  async begin({ id, fingerprint, at, expiresAt }: IdempotentRun): Promise<IdempotentBeginning> {
    const values = [at.getTime(), base64(fingerprint), expiresAt.getTime(), this.life.of(at, expiresAt)];
    const [outcome, answer] = (await this.redis.run(beginRun, [keys.idempotency(id)], values)) as [IdempotentBeginning['outcome'], string?];
    return outcome === 'done' ? { outcome, sealedAnswer: new Uint8Array(Buffer.from(answer ?? '', 'base64')) } : { outcome };
  }

  async finish(id: Uint8Array, sealedAnswer: Uint8Array, expiresAt: Date): Promise<void> {
    await this.redis.run(finishRun, [keys.idempotency(id)], [base64(sealedAnswer), expiresAt.getTime(), this.life.retention]);
  }

  async forget(id: Uint8Array): Promise<void> {
    await this.redis.run(forgetRun, [keys.idempotency(id)]);
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
