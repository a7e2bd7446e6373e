import type { Page, PageRequest } from '../../application/ports/page.js';
import type { UserRepository } from '../../application/ports/user-repository.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { User } from '../../domain/people/user.js';
import { firstPage } from './first-page.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { isText } from './keys.js';
import type { Statements } from './statements.js';

/** All but the moment of removal: whoever is found was not removed. */
const asUser = { omit: { removedAt: true } } as const;

/** Held by whoever looks whether there is an administrator yet, so that of two at once the second sees the first; any number will do. */
const firstAdministrator = 7_402_117;

const findUser = `
  SELECT id, email, username, password_hash AS "passwordHash", admin, created_at AS "createdAt", disabled_at AS "disabledAt"
  FROM users WHERE removed_at IS NULL`;

export class PrismaUserRepository implements UserRepository {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly statements: Statements,
  ) {}

  async add({ id, email, username, passwordHash, admin, createdAt, disabledAt }: User): Promise<'added' | 'email_taken'> {
    const added = await this.prisma.$executeRaw`
      INSERT INTO users (id, email, username, password_hash, admin, created_at, disabled_at)
      VALUES (${id}::uuid, ${email}::text, ${username}::text, ${passwordHash}::text, ${admin}::boolean, ${createdAt}::timestamptz, ${disabledAt}::timestamptz)
      ON CONFLICT (email) DO NOTHING`;
    return added === 1 ? 'added' : 'email_taken';
  }

  async find(id: string): Promise<User | null> {
    return isUuid(id) ? this.findBy('find_user', `${findUser} AND id = $1::uuid`, id) : null;
  }

  async findByEmail(email: string): Promise<User | null> {
    return isText(email) ? this.findBy('find_user_by_email', `${findUser} AND email = $1::text`, email) : null;
  }

  async setDisabled(id: string, disabledAt: Date | null, sparing?: 'last_administrator'): Promise<boolean> {
    if (!isUuid(id)) return false;
    if (sparing) return (await this.changeUnlessLast(id, Prisma.sql`disabled_at = ${disabledAt}::timestamptz`)).changed;
    const { count } = await this.prisma.user.updateMany({ where: { id, removedAt: null }, data: { disabledAt } });
    return count === 1;
  }

  /** The address becomes what nobody can have. */
  async remove(id: string, at: Date): Promise<boolean> {
    if (!isUuid(id)) return false;
    const removed = await this.prisma.$queryRaw<unknown[]>`
      WITH removed AS (
        UPDATE users SET removed_at = ${at}::timestamptz, disabled_at = COALESCE(disabled_at, ${at}::timestamptz), email = id::text, username = '',
          password_hash = NULL, admin = false
        WHERE id = ${id}::uuid AND removed_at IS NULL RETURNING id
      ), signed_out AS (
        DELETE FROM sessions USING removed WHERE user_id = removed.id
      ), unlinked AS (
        DELETE FROM user_identities USING removed WHERE user_id = removed.id
      ), withdrawn AS (
        DELETE FROM consents USING removed WHERE user_id = removed.id
      )
      SELECT id::text FROM removed`;
    return removed.length === 1;
  }

  async promote(id: string, first?: 'first'): Promise<'promoted' | 'not_first' | 'unknown'> {
    if (!isUuid(id)) return 'unknown';
    if (!first) {
      const { count } = await this.prisma.user.updateMany({ where: { id, removedAt: null }, data: { admin: true } });
      return count === 1 ? 'promoted' : 'unknown';
    }
    // A statement of its own: what follows must see what was committed while it waited.
    const locked = this.prisma.$executeRaw`SELECT pg_advisory_xact_lock(${firstAdministrator}::bigint)`;
    const promoted = this.prisma.$executeRaw`
      UPDATE users SET admin = true
      WHERE id = ${id}::uuid AND removed_at IS NULL AND disabled_at IS NULL AND NOT EXISTS (SELECT FROM users WHERE admin AND removed_at IS NULL)`;
    const [, count] = await this.prisma.$transaction([locked, promoted]);
    if (count === 1) return 'promoted';
    return (await this.find(id)) ? 'not_first' : 'unknown';
  }

  async demote(id: string): Promise<'demoted' | 'last_administrator' | 'unknown'> {
    if (!isUuid(id)) return 'unknown';
    const { known, changed } = await this.changeUnlessLast(id, Prisma.sql`admin = false`);
    if (!known) return 'unknown';
    return changed ? 'demoted' : 'last_administrator';
  }

  /** Locks every administrator who counts: two at once would each take the other for the one who is left. */
  private async changeUnlessLast(id: string, change: Prisma.Sql): Promise<{ readonly known: boolean; readonly changed: boolean }> {
    const [row] = await this.prisma.$queryRaw<{ known: boolean; changed: boolean }[]>`
      WITH active AS MATERIALIZED (
        SELECT id FROM users WHERE admin AND disabled_at IS NULL AND removed_at IS NULL ORDER BY id FOR UPDATE
      ), facts AS MATERIALIZED (
        SELECT EXISTS (SELECT FROM active WHERE id = ${id}::uuid) AS counts, EXISTS (SELECT FROM active WHERE id <> ${id}::uuid) AS another
      ), changed AS (
        UPDATE users SET ${change} FROM facts WHERE users.id = ${id}::uuid AND removed_at IS NULL AND (another OR NOT counts) RETURNING 1
      )
      SELECT EXISTS (SELECT FROM users WHERE id = ${id}::uuid AND removed_at IS NULL) AS known, EXISTS (SELECT FROM changed) AS changed`;
    return row as { known: boolean; changed: boolean };
  }

  async list({ after, limit }: PageRequest): Promise<Page<User>> {
    if (after !== undefined && !isUuid(after)) return { items: [], next: null };
    const where = { removedAt: null, ...(after !== undefined && { id: { lt: after } }) };
    return firstPage(await this.prisma.user.findMany({ where, ...asUser, orderBy: { id: 'desc' }, take: limit + 1 }), limit);
  }

  private async findBy(name: string, text: string, key: string): Promise<User | null> {
    const [user] = await this.statements.query<User>(name, text, [key]);
    return user ?? null;
  }
}
