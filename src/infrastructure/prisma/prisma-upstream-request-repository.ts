import type { UpstreamRequestRepository } from '../../application/ports/upstream-request-repository.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { UpstreamRequest } from '../../domain/people/upstream-request.js';
import type { PrismaClient } from './generated/client.js';

export class PrismaUpstreamRequestRepository implements UpstreamRequestRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async add({ id, digest, sealed, expiresAt }: UpstreamRequest): Promise<void> {
    await this.prisma.upstreamRequest.create({ data: { id, digest: new Uint8Array(digest), sealed: new Uint8Array(sealed), expiresAt } });
  }

  async take(id: string): Promise<UpstreamRequest | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.prisma.$queryRaw<UpstreamRequest[]>`
      DELETE FROM upstream_requests WHERE id = ${id}::uuid RETURNING id, digest, sealed, expires_at AS "expiresAt"`;
    return row ?? null;
  }
}
