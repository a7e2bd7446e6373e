import type { Page, PageRequest } from '../../application/ports/page.js';
import type { SessionRepository } from '../../application/ports/session-repository.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { Session } from '../../domain/people/session.js';
import { firstPage } from './first-page.js';
import type { PrismaClient } from './generated/client.js';
import type { Statements } from './statements.js';

/** FOR SHARE waits for whoever is disabling the person or changing the password, and makes them wait: the key of the table does neither. */
const add = `
  INSERT INTO sessions (id, digest, method, "from", browser, created_at, authenticated_at, last_seen_at, expires_at, user_id)
  SELECT $1::uuid, $2::bytea, $3::text, $4::text, $5::text, $6::timestamptz, $7::timestamptz, $8::timestamptz, $9::timestamptz, users.id
  FROM users WHERE users.id = $10::uuid AND disabled_at IS NULL AND ($11::text IS NULL OR password_hash = $11::text) FOR SHARE
  RETURNING id`;

const find = `
  SELECT id, digest, user_id AS "userId", method, "from", browser, created_at AS "createdAt", authenticated_at AS "authenticatedAt",
    last_seen_at AS "lastSeenAt", expires_at AS "expiresAt"
  FROM sessions WHERE id = $1::uuid`;

export class PrismaSessionRepository implements SessionRepository {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly statements: Statements,
  ) {}

  async add(
    { id, digest, userId, method, from, browser, createdAt, authenticatedAt, lastSeenAt, expiresAt }: Session,
    passwordHash: string | null = null,
  ): Promise<boolean> {
    if (!isUuid(userId)) return false;
    const moments = [createdAt, authenticatedAt, lastSeenAt, expiresAt].map((moment) => moment.toISOString());
    const values = [id, digest, method, from, browser, ...moments, userId, passwordHash];
    const added = await this.statements.query('add_session', add, values);
    return added.length === 1;
  }

  async find(id: string): Promise<Session | null> {
    if (!isUuid(id)) return null;
    const [session] = await this.statements.query<Session>('find_session', find, [id]);
    return session ?? null;
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
