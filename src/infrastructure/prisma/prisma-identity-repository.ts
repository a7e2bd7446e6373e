import type { IdentityRepository, OtherWays } from '../../application/ports/identity-repository.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { LinkedIdentity } from '../../domain/people/identity.js';
import type { User } from '../../domain/people/user.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { isText } from './keys.js';

interface Key {
  readonly issuer: string;
  readonly subject: string;
}

export class PrismaIdentityRepository implements IdentityRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async findUser(issuer: string, subject: string): Promise<User | null> {
    if (!isKey({ issuer, subject })) return null;
    const row = await this.prisma.userIdentity.findUnique({ where: { issuer_subject: { issuer, subject } }, include: { user: { omit: { removedAt: true } } } });
    return row?.user ?? null;
  }

  /** Both rows or none: one transaction, in which the two unique indexes decide whose sign-in it was. */
  async addWithUser({ issuer, subject, email, linkedAt }: LinkedIdentity, user: User): ReturnType<IdentityRepository['addWithUser']> {
    try {
      await this.prisma.user.create({ data: { ...user, identities: { create: { issuer, subject, email, linkedAt } } } });
      return { outcome: 'added' };
    } catch (error) {
      if (!isTaken(error)) throw error;
      const known = await this.findUser(issuer, subject);
      if (known) return { outcome: 'known', user: known };
      if (await this.prisma.user.findUnique({ where: { email: user.email } })) return { outcome: 'email_taken' };
      throw error;
    }
  }

  async link({ issuer, subject, userId, email, linkedAt }: LinkedIdentity): Promise<'linked' | 'of_another'> {
    // The update changes nothing: it is there so that a link that is the person's own already counts as done.
    const linked = await this.prisma.$executeRaw`
      INSERT INTO user_identities AS held (issuer, subject, user_id, email, linked_at)
      VALUES (${issuer}::text, ${subject}::text, ${userId}::uuid, ${email}::text, ${linkedAt}::timestamptz)
      ON CONFLICT (issuer, subject) DO UPDATE SET linked_at = held.linked_at WHERE held.user_id = EXCLUDED.user_id`;
    return linked === 1 ? 'linked' : 'of_another';
  }

  /** One statement. It locks every identity of the person, in one order: whoever comes second sees only what the first left. */
  async unlink(userId: string, key: Key, { password, issuers }: OtherWays): Promise<'unlinked' | 'last_way' | 'unknown'> {
    if (!isUuid(userId) || !isKey(key)) return 'unknown';
    const { issuer, subject } = key;
    const [row] = await this.prisma.$queryRaw<{ known: boolean | null; unlinked: boolean }[]>`
      WITH held AS MATERIALIZED (
        SELECT issuer, subject, (issuer = ${issuer}::text AND subject = ${subject}::text) AS meant
        FROM user_identities WHERE user_id = ${userId}::uuid ORDER BY issuer, subject FOR UPDATE
      ), facts AS MATERIALIZED (
        SELECT bool_or(meant) AS known, bool_or(NOT meant AND issuer = ANY (${[...issuers]}::text[])) AS another FROM held
      ), unlinked AS (
        DELETE FROM user_identities USING facts WHERE user_id = ${userId}::uuid AND issuer = ${issuer}::text AND subject = ${subject}::text AND known AND (
          another OR (${password}::boolean AND EXISTS (SELECT FROM users WHERE id = ${userId}::uuid AND password_hash IS NOT NULL))
        ) RETURNING 1
      )
      SELECT known, EXISTS (SELECT FROM unlinked) AS unlinked FROM facts`;
    if (!row?.known) return 'unknown';
    return row.unlinked ? 'unlinked' : 'last_way';
  }

  async listOf(userId: string): Promise<readonly LinkedIdentity[]> {
    return isUuid(userId) ? this.prisma.userIdentity.findMany({ where: { userId }, orderBy: { linkedAt: 'asc' } }) : [];
  }
}

function isKey({ issuer, subject }: Key): boolean {
  return isText(issuer) && isText(subject);
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
