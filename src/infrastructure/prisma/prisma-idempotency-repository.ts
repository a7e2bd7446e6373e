import type { IdempotencyRepository, IdempotentBeginning, IdempotentRun } from '../../application/ports/idempotency-repository.js';
import type { PrismaClient } from './generated/client.js';

export class PrismaIdempotencyRepository implements IdempotencyRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async begin({ id, fingerprint, at, expiresAt }: IdempotentRun): Promise<IdempotentBeginning> {
    const taken = await this.prisma.$executeRaw`
      INSERT INTO idempotency_keys AS held (id, fingerprint, expires_at)
      VALUES (${id}::bytea, ${fingerprint}::bytea, ${expiresAt}::timestamptz)
      ON CONFLICT (id) DO UPDATE SET fingerprint = EXCLUDED.fingerprint, sealed_answer = NULL, expires_at = EXCLUDED.expires_at
      WHERE held.expires_at <= ${at}::timestamptz`;
    if (taken === 1) return { outcome: 'fresh' };
    const row = await this.prisma.idempotencyKey.findUnique({ where: { id: bytes(id) } });
    // Forgotten between the two statements: it ran when this call began, and whoever asks again finds the key free.
    if (row === null) return { outcome: 'running' };
    if (Buffer.compare(row.fingerprint, fingerprint) !== 0) return { outcome: 'other_request' };
    return row.sealedAnswer === null ? { outcome: 'running' } : { outcome: 'done', sealedAnswer: row.sealedAnswer };
  }

  async finish(id: Uint8Array, sealedAnswer: Uint8Array, expiresAt: Date): Promise<void> {
    await this.prisma.idempotencyKey.updateMany({ where: { id: bytes(id), sealedAnswer: null }, data: { sealedAnswer: bytes(sealedAnswer), expiresAt } });
  }

  async forget(id: Uint8Array): Promise<void> {
    await this.prisma.idempotencyKey.deleteMany({ where: { id: bytes(id), sealedAnswer: null } });
  }
}

/** Prisma takes no view of memory that another thread could share. */
function bytes(value: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(value);
}
