import type { ClientRepository } from '../../application/ports/client-repository.js';
import type { Page, PageRequest } from '../../application/ports/page.js';
import { type Client, type DisabledBy, partsOf } from '../../domain/clients/client.js';
import type { ClientSecret } from '../../domain/clients/client-secret.js';
import { isUuid } from '../../domain/is-uuid.js';
import { mostSecrets } from '../../domain/secret-rules.js';
import { firstUuid7 } from '../../domain/tokens/uuid7.js';
import { inTime } from './answering-in-time.js';
import { secretRow, settingsRow, toDomain } from './client-rows.js';
import { clientWithSecrets } from './client-with-secrets.js';
import { firstPage } from './first-page.js';
import { forgetConsents } from './forget-consents.js';
import type { Prisma, PrismaClient } from './generated/client.js';
import { isText } from './keys.js';
import { revokeGrants } from './revoke-grants.js';
import { violates } from './violates.js';

/** Milliseconds after which tidying up after a removed client ends: some tens of thousands of people, far from the time in which a verb must answer. */
const tidyingTime = 500;

export class PrismaClientRepository implements ClientRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async add(client: Client): Promise<'added' | 'taken'> {
    const { settings, kept } = partsOf(client);
    const secrets = { createMany: { data: kept.secrets.map(secretRow) } };
    try {
      await this.prisma.client.create({ data: { ...settingsRow(settings), ...kept, secrets }, select: { id: true } });
      return 'added';
    } catch (error) {
      if (violates(error, 'clients_pkey')) return 'taken';
      throw error;
    }
  }

  async find(id: string): Promise<Client | null> {
    if (!isText(id)) return null;
    const row = await clientWithSecrets(this.prisma, id);
    return row && toDomain(row);
  }

  async update(client: Client): Promise<'updated' | 'outdated' | 'unknown'> {
    const { id, version } = client;
    if (!isText(id)) return 'unknown';
    const data = { ...settingsRow(partsOf(client).settings), version: { increment: 1 } };
    const { count } = await this.prisma.client.updateMany({ where: { id, version, removedAt: null }, data });
    return count === 1 ? 'updated' : (await this.isThere(id)) ? 'outdated' : 'unknown';
  }

  async setDisabled(id: string, disabled: { readonly at: Date; readonly by: DisabledBy } | null, sparing?: 'house'): Promise<boolean> {
    if (!isText(id)) return false;
    // Not `disabledBy` alone: an instance of the version before, still running during a deployment, disables without saying who; that counts as the house.
    const spared = sparing === undefined ? {} : { OR: [{ disabledAt: null }, { disabledBy: 'owner' }] };
    const data = { disabledAt: disabled?.at ?? null, disabledBy: disabled?.by ?? null };
    const { count } = await this.prisma.client.updateMany({ where: { id, removedAt: null, ...spared }, data });
    return count === 1;
  }

  async disableWithOwner(ownerId: string, at: Date): Promise<number> {
    if (!isUuid(ownerId)) return 0;
    const data = { disabledAt: at, disabledBy: 'with_owner' };
    return (await this.prisma.client.updateMany({ where: { ownerId, removedAt: null, disabledAt: null }, data })).count;
  }

  async enableWithOwner(ownerId: string): Promise<number> {
    if (!isUuid(ownerId)) return 0;
    const where = { ownerId, removedAt: null, disabledBy: 'with_owner' };
    return (await this.prisma.client.updateMany({ where, data: { disabledAt: null, disabledBy: null } })).count;
  }

  /**
   * First the client: that alone ends everything, because every verb that uses what a client was given looks at `removed_at`, and it ends what
   * another call adds at the same moment. Then what is left is tidied up, in steps that stay short, as far as one gets: grants that are not reached
   * are dead all the same, and go when they are purged.
   */
  async remove(id: string, at: Date): Promise<boolean> {
    if (!isText(id)) return false;
    const removed = await inTime(
      () => this.prisma.$queryRaw<{ id: string }[]>`
        WITH removed AS (
          UPDATE clients SET removed_at = ${at}::timestamptz WHERE id = ${id}::text AND removed_at IS NULL RETURNING id
        ), forgotten AS (DELETE FROM client_secrets USING removed WHERE client_id = removed.id)
        SELECT id FROM removed`,
    );
    if (removed.length === 0) return false;
    const started = performance.now();
    const late = () => performance.now() - started > tidyingTime;
    await revokeGrants(this.prisma, { clientId: id }, 'revoked_by_operator', at, late);
    await forgetConsents(this.prisma, { clientId: id }, null, late);
    return true;
  }

  /**
   * One write: every look at a token asks for it, and the log is told by a trigger. An id tells when its token was issued, so that only those are looked through,
   * by the primary key, that a clock dated which is ahead.
   */
  async revokeOwnTokens(id: string, at: Date): Promise<Date | null> {
    if (!isText(id)) return null;
    const [row] = await this.prisma.$queryRaw<{ until: Date }[]>`
      UPDATE clients SET own_tokens_revoked_at = GREATEST(own_tokens_revoked_at, ${at}::timestamptz, (
        SELECT max(issued_at) FROM access_tokens WHERE id >= ${firstUuid7(at)}::uuid AND client_id = ${id}::text AND grant_id IS NULL
      ))
      WHERE id = ${id}::text AND removed_at IS NULL RETURNING own_tokens_revoked_at AS until`;
    return row?.until ?? null;
  }

  /** The row of a removed client is still there to say where the next page starts. */
  async list(filter: { readonly ownerId?: string }, { after, limit }: PageRequest): Promise<Page<Client>> {
    const owned = 'ownerId' in filter ? { ownerId: filter.ownerId } : {};
    if ('ownerId' in owned && !isUuid(owned.ownerId)) return { items: [], next: null };
    const start = after === undefined ? undefined : await this.startOfPage(after);
    if (start === null) return { items: [], next: null };
    const rows = await this.prisma.client.findMany({
      where: { removedAt: null, ...owned, ...start },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      include: { secrets: { orderBy: { id: 'asc' } } },
    });
    return firstPage(rows.map(toDomain), limit);
  }

  /** Two statements: whoever waited for the lock counts what the one before added, because the second statement has a snapshot of its own. */
  async addSecret({ id, clientId, label, digest, lastFour, createdAt, createdBy, expiresAt }: ClientSecret): Promise<'added' | 'full' | 'unknown'> {
    if (!isText(clientId)) return 'unknown';
    const [found, added] = await this.prisma.$transaction([
      this.prisma.$queryRaw<unknown[]>`SELECT FROM clients WHERE id = ${clientId}::text AND removed_at IS NULL FOR NO KEY UPDATE`,
      this.prisma.$executeRaw`
        INSERT INTO client_secrets (id, client_id, label, digest, last_four, created_at, created_by, expires_at)
        SELECT ${id}::uuid, c.id, ${label}::text, ${digest}::bytea, ${lastFour}::text, ${createdAt}::timestamptz, ${createdBy}::uuid, ${expiresAt}::timestamptz
        FROM clients c
        WHERE c.id = ${clientId}::text AND c.removed_at IS NULL AND (SELECT count(*) FROM client_secrets s WHERE s.client_id = c.id) < ${mostSecrets}::int`,
    ]);
    return added === 1 ? 'added' : found.length > 0 ? 'full' : 'unknown';
  }

  async removeSecret(clientId: string, secretId: string): Promise<boolean> {
    if (!isText(clientId) || !isUuid(secretId)) return false;
    const { count } = await this.prisma.clientSecret.deleteMany({ where: { id: secretId, clientId } });
    return count === 1;
  }

  private async isThere(id: string): Promise<boolean> {
    return (await this.prisma.client.count({ where: { id, removedAt: null } })) > 0;
  }

  private async startOfPage(after: string): Promise<Prisma.ClientWhereInput | null> {
    const last = isText(after) ? await this.prisma.client.findUnique({ where: { id: after }, select: { id: true, createdAt: true } }) : null;
    return last && { createdAt: { lte: last.createdAt }, OR: [{ createdAt: { lt: last.createdAt } }, { id: { lt: last.id } }] };
  }
}
