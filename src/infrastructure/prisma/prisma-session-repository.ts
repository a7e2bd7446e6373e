import type { SessionRepository } from '../../application/ports/session-repository.js';
import type { Session } from '../../domain/people/session.js';
import type { PrismaClient } from './generated/client.js';
import { isUuid } from './keys.js';

export class PrismaSessionRepository implements SessionRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async add({ id, digest, userId, authenticatedAt, expiresAt }: Session): Promise<void> {
    await this.prisma.session.create({ data: { id, digest: new Uint8Array(digest), userId, authenticatedAt, expiresAt } });
  }

  async find(id: string): Promise<Session | null> {
    return isUuid(id) ? this.prisma.session.findUnique({ where: { id } }) : null;
  }

  async end(id: string): Promise<void> {
    if (isUuid(id)) await this.prisma.session.deleteMany({ where: { id } });
  }

  async endAllOf(userId: string): Promise<number> {
    if (!isUuid(userId)) return 0;
    const { count } = await this.prisma.session.deleteMany({ where: { userId } });
    return count;
  }
}
