import type { Page, PageRequest } from '../../application/ports/page.js';
import type { SessionRepository } from '../../application/ports/session-repository.js';
import type { Session } from '../../domain/people/session.js';
import { firstPage } from './first-page.js';
import type { PrismaClient } from './generated/client.js';
import { isUuid } from './keys.js';

export class PrismaSessionRepository implements SessionRepository {
  constructor(private readonly prisma: PrismaClient) {}

  /** FOR SHARE waits for whoever is disabling the person or changing the password, and makes them wait: the key of the table does neither. */
  async add(
    { id, digest, userId, method, from, browser, createdAt, authenticatedAt, lastSeenAt, expiresAt }: Session,
    passwordHash: string | null = null,
  ): Promise<boolean> {
    if (!isUuid(userId)) return false;
    const added = await this.prisma.$executeRaw`
      INSERT INTO sessions (id, digest, user_id, method, "from", browser, created_at, authenticated_at, last_seen_at, expires_at)
      SELECT ${id}::uuid, ${digest}::bytea, users.id, ${method}::text, ${from}::text, ${browser}::text, ${createdAt}::timestamptz,
        ${authenticatedAt}::timestamptz, ${lastSeenAt}::timestamptz, ${expiresAt}::timestamptz
      FROM users WHERE users.id = ${userId}::uuid AND disabled_at IS NULL AND (${passwordHash}::text IS NULL OR password_hash = ${passwordHash}::text) FOR SHARE`;
    return added === 1;
  }

  async find(id: string): Promise<Session | null> {
    return isUuid(id) ? this.prisma.session.findUnique({ where: { id } }) : null;
  }

  async touch(id: string, lastSeenAt: Date, expiresAt: Date): Promise<void> {
    if (isUuid(id)) await this.prisma.session.updateMany({ where: { id, lastSeenAt: { lt: lastSeenAt } }, data: { lastSeenAt, expiresAt } });
  }

  async listOf(userId: string, now: Date, { after, limit }: PageRequest): Promise<Page<Session>> {
    if (!isUuid(userId) || (after !== undefined && !isUuid(after))) return { items: [], next: null };
    const where = { userId, expiresAt: { gt: now }, ...(after !== undefined && { id: { lt: after } }) };
    return firstPage(await this.prisma.session.findMany({ where, orderBy: { id: 'desc' }, take: limit + 1 }), limit);
  }

  async end(id: string): Promise<void> {
    if (isUuid(id)) await this.prisma.session.deleteMany({ where: { id } });
  }

  async endOneOf(userId: string, id: string): Promise<boolean> {
    if (!isUuid(userId) || !isUuid(id)) return false;
    const { count } = await this.prisma.session.deleteMany({ where: { id, userId } });
    return count === 1;
  }

  async endAllOf(userId: string, except: string | null): Promise<number> {
    if (!isUuid(userId)) return 0;
    const { count } = await this.prisma.session.deleteMany({ where: { userId, ...(isUuid(except) && { id: { not: except } }) } });
    return count;
  }
}
