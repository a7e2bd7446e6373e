import type { PasswordChange, PasswordRepository } from '../../application/ports/password-repository.js';
import type { AccountLink } from '../../domain/accounts/account-link.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { User } from '../../domain/people/user.js';
import type { PrismaClient } from './generated/client.js';

/** Each verb is one statement. Deleting the link decides who used it: a second that waited for the row finds it gone. */
export class PrismaPasswordRepository implements PasswordRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async keepLink({ id, digest, email, userId, requestId, expiresAt }: AccountLink): Promise<void> {
    await this.prisma.$executeRaw`
      INSERT INTO account_links (id, digest, email, user_id, request_id, expires_at)
      VALUES (${id}::uuid, ${digest}::bytea, ${email}::text, ${userId}::uuid, ${requestId}::text, ${expiresAt}::timestamptz)
      ON CONFLICT (email) DO UPDATE SET id = EXCLUDED.id, digest = EXCLUDED.digest, user_id = EXCLUDED.user_id, request_id = EXCLUDED.request_id,
        expires_at = EXCLUDED.expires_at`;
  }

  async findLink(id: string): Promise<AccountLink | null> {
    return isUuid(id) ? this.prisma.accountLink.findUnique({ where: { id } }) : null;
  }

  /** The person is locked by a statement before: a session that was being kept meanwhile must be seen by the one that ends them. */
  async setByLink(linkId: string, passwordHash: string): ReturnType<PasswordRepository['setByLink']> {
    if (!isUuid(linkId)) return 'spent';
    const locked = this.prisma.$executeRaw`
      SELECT FROM users JOIN account_links ON account_links.user_id = users.id WHERE account_links.id = ${linkId}::uuid FOR NO KEY UPDATE OF users`;
    const set = this.prisma.$queryRaw<{ done: number }[]>`
      WITH link AS (
        DELETE FROM account_links WHERE id = ${linkId}::uuid AND user_id IS NOT NULL RETURNING user_id
      ), ended AS (
        DELETE FROM sessions USING link WHERE sessions.user_id = link.user_id
      ), person AS (
        UPDATE users SET password_hash = ${passwordHash}::text FROM link WHERE users.id = link.user_id AND removed_at IS NULL RETURNING users.id
      )
      SELECT count(*)::int AS done FROM person`;
    const [, [row]] = await this.prisma.$transaction([locked, set]);
    return row?.done === 1 ? 'set' : 'spent';
  }

  async addByLink(linkId: string, { id, email, username, passwordHash, admin, createdAt, disabledAt }: User): ReturnType<PasswordRepository['addByLink']> {
    if (!isUuid(linkId)) return 'spent';
    const [row] = await this.prisma.$queryRaw<{ links: number; people: number }[]>`
      WITH link AS (
        DELETE FROM account_links WHERE id = ${linkId}::uuid AND user_id IS NULL RETURNING id
      ), person AS (
        INSERT INTO users (id, email, username, password_hash, admin, created_at, disabled_at)
        SELECT ${id}::uuid, ${email}::text, ${username}::text, ${passwordHash}::text, ${admin}::boolean, ${createdAt}::timestamptz, ${disabledAt}::timestamptz
        FROM link ON CONFLICT (email) DO NOTHING RETURNING id
      )
      SELECT (SELECT count(*)::int FROM link) AS links, (SELECT count(*)::int FROM person) AS people`;
    if (row?.links !== 1) return 'spent';
    return row.people === 1 ? 'added' : 'email_taken';
  }

  /** The person is locked first, as in `setByLink`. */
  async change({ userId, from, to, exceptSession }: PasswordChange): ReturnType<PasswordRepository['change']> {
    if (!isUuid(userId)) return 'outdated';
    const kept = isUuid(exceptSession) ? exceptSession : null;
    const locked = this.prisma.$executeRaw`SELECT FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    const changed = this.prisma.$queryRaw<{ done: number }[]>`
      WITH person AS (
        UPDATE users SET password_hash = ${to}::text WHERE id = ${userId}::uuid AND password_hash = ${from}::text RETURNING id, email
      ), ended AS (
        DELETE FROM sessions USING person WHERE sessions.user_id = person.id AND sessions.id IS DISTINCT FROM ${kept}::uuid
      ), links AS (
        DELETE FROM account_links USING person WHERE account_links.email = person.email
      )
      SELECT count(*)::int AS done FROM person`;
    const [, [row]] = await this.prisma.$transaction([locked, changed]);
    return row?.done === 1 ? 'changed' : 'outdated';
  }
}
