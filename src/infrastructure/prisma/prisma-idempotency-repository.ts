import type { IdempotencyRepository, KeyedOutcome, KeyedRequest } from '../../application/ports/idempotency-repository.js';
import type { PrismaClient } from './generated/client.js';

export class PrismaIdempotencyRepository implements IdempotencyRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async begin({ id, fingerprint, at, runningUntil }: KeyedRequest): Promise<KeyedOutcome> {
    const taken = await this.prisma.$executeRaw`
      INSERT INTO idempotency_keys AS known (id, fingerprint, expires_at)
      VALUES (${id}::bytea, ${fingerprint}::bytea, ${runningUntil}::timestamptz)
      ON CONFLICT (id) DO UPDATE SET fingerprint = EXCLUDED.fingerprint, sealed_answer = NULL, expires_at = EXCLUDED.expires_at
      WHERE known.expires_at <= ${at}::timestamptz`;
    if (taken === 1) return { outcome: 'begun' };
    const row = await this.prisma.idempotencyKey.findUnique({ where: { id: bytes(id) } });
    // Forgotten or purged between the two statements. What the caller is told now holds when it asks again.
    if (row === null) return { outcome: 'running' };
    if (Buffer.compare(row.fingerprint, fingerprint) !== 0) return { outcome: 'other_request' };
    return row.sealedAnswer === null ? { outcome: 'running' } : { outcome: 'finished', sealedAnswer: row.sealedAnswer };
  }

  async finish(id: Uint8Array, sealedAnswer: Uint8Array, expiresAt: Date): Promise<void> {
    await this.prisma.idempotencyKey.updateMany({ where: { id: bytes(id) }, data: { sealedAnswer: bytes(sealedAnswer), expiresAt } });
  }

  async forget(id: Uint8Array): Promise<void> {
    await this.prisma.idempotencyKey.deleteMany({ where: { id: bytes(id) } });
  }
}

/** Prisma wants bytes that no other thread can share. */
function bytes(value: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(value);
}
