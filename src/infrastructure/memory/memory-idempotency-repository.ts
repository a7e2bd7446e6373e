import type { IdempotencyRepository, IdempotentBeginning, IdempotentRun } from '../../application/ports/idempotency-repository.js';
import { copyOf } from './copy-of.js';
import type { MemoryTables } from './memory-tables.js';

export class MemoryIdempotencyRepository implements IdempotencyRepository {
  constructor(private readonly tables: MemoryTables) {}

  async begin({ id, fingerprint, at, expiresAt }: IdempotentRun): Promise<IdempotentBeginning> {
    const row = this.tables.idempotencyKeys.get(keyOf(id));
    if (!row || row.expiresAt <= at) {
      this.tables.idempotencyKeys.set(keyOf(id), copyOf({ fingerprint, sealedAnswer: null, expiresAt }));
      return { outcome: 'fresh' };
    }
    if (Buffer.compare(row.fingerprint, fingerprint) !== 0) return { outcome: 'other_request' };
    return row.sealedAnswer === null ? { outcome: 'running' } : { outcome: 'done', sealedAnswer: copyOf(row.sealedAnswer) };
  }

  async finish(id: Uint8Array, sealedAnswer: Uint8Array, expiresAt: Date): Promise<void> {
    const row = this.tables.idempotencyKeys.get(keyOf(id));
    if (row?.sealedAnswer === null) this.tables.idempotencyKeys.set(keyOf(id), { ...row, ...copyOf({ sealedAnswer, expiresAt }) });
  }

  async forget(id: Uint8Array): Promise<void> {
    if (this.tables.idempotencyKeys.get(keyOf(id))?.sealedAnswer === null) this.tables.idempotencyKeys.delete(keyOf(id));
  }
}

function keyOf(id: Uint8Array): string {
  return Buffer.from(id).toString('hex');
}
