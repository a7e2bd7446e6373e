import type { UpstreamRequestRepository } from '../../application/ports/upstream-request-repository.js';
import type { UpstreamRequest } from '../../domain/people/upstream-request.js';
import { copyOf } from './copy-of.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemoryUpstreamRequestRepository implements UpstreamRequestRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(request: UpstreamRequest): Promise<void> {
    refuseTaken(this.tables.upstreamRequests, request.id);
    this.tables.upstreamRequests.set(request.id, copyOf(request));
  }

  async take(id: string): Promise<UpstreamRequest | null> {
    const request = this.tables.upstreamRequests.get(id) ?? null;
    this.tables.upstreamRequests.delete(id);
    return request;
  }
}
