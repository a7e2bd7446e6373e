import type { RevocationRepository } from '../../application/ports/revocation-repository.js';
import type { Revocation, RevocationReason } from '../../domain/tokens/revocation.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { revokedSubject } from './revoked-subject.js';

/**
 * A place in the log is the snapshot in which it was read: a row is new to a reader when the transaction that added it was not over in that snapshot. A
 * number would not do: of two transactions the one with the lower number may end later, behind the back of a reader who has seen the higher.
 *
 * Numbers of transactions mean something in one cluster only, so that its name goes before the snapshot; where nobody may ask for it, all clusters are called alike, and
 * only a place ahead of the store is known to be of another. A row that was restored from another one may have a number that no transaction has had here yet: it counts as
 * over when that number is reached. A row that was added here is visible only when its transaction is over.
 *
 * In the middle of a page there are three snapshots and numbers behind the name: the snapshot before, that of the page, and the last id of it.
 */
export class PrismaRevocationRepository implements RevocationRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async latest(): Promise<string> {
    const [row] = await this.prisma.$queryRaw<Now[]>`SELECT name_of_the_cluster() AS cluster, pg_current_snapshot()::text AS snapshot`;
    const { cluster, snapshot } = row as Now;
    return `${cluster}|${snapshot}`;
  }

  async since(position: string, limit: number) {
    const [ofCluster, seen, page, lastId = '0'] = position.split('|');
    if (seen === undefined) return null;
    const rows = await this.prisma.$queryRaw<(Head & (Row | { id: null }))[]>`
      SELECT (SELECT name_of_the_cluster()) AS cluster, pg_current_snapshot()::text AS snapshot,
        pg_snapshot_xmax(pg_current_snapshot()) < pg_snapshot_xmax(${page ?? seen}::pg_snapshot) AS "setBack", new.*
      FROM (SELECT) AS one LEFT JOIN LATERAL (
        SELECT id, kind, token_id AS "tokenId", grant_id AS "grantId", client_id AS "clientId", user_id AS "userId", at, expires_at AS until, reason
        FROM revocations
        WHERE txid >= pg_snapshot_xmin(${seen}::pg_snapshot) AND NOT pg_visible_in_snapshot(txid, ${seen}::pg_snapshot)
          AND pg_visible_in_snapshot(txid, ${page === undefined ? Prisma.sql`pg_current_snapshot()` : Prisma.sql`${page}::pg_snapshot`})
          AND id > ${BigInt(lastId)}::bigint
        ORDER BY id LIMIT ${limit + 1}::int
      ) AS new ON true`;
    const { cluster, snapshot, setBack } = rows[0] as Head;
    if (setBack || cluster !== ofCluster) return null;
    const found = rows.filter((row): row is Head & Row => row.id !== null);
    const read = found.slice(0, limit);
    const more = found.length > limit;
    const reached = page ?? snapshot;
    return { revocations: read.map(toDomain), position: `${cluster}|${more ? `${seen}|${reached}|${read.at(-1)?.id}` : reached}`, more };
  }

  async add({ subject: { kind, ...named }, at, until, reason }: Revocation): Promise<void> {
    await this.prisma.revocation.create({ data: { kind, ...named, at, expiresAt: until, reason }, select: { id: true } });
  }

  async reach(until: Date): Promise<void> {
    await this.prisma.$executeRaw`
      INSERT INTO tokens_elsewhere AS known (live_until) VALUES (${until}::timestamptz)
      ON CONFLICT (id) DO UPDATE SET live_until = GREATEST(known.live_until, EXCLUDED.live_until)`;
  }
}

interface Now {
  readonly cluster: string;
  readonly snapshot: string;
}

interface Head extends Now {
  readonly setBack: boolean;
}

interface Row {
  readonly id: bigint;
  readonly kind: string;
  readonly tokenId: string | null;
  readonly grantId: string | null;
  readonly clientId: string | null;
  readonly userId: string | null;
  readonly at: Date;
  readonly until: Date;
  readonly reason: string;
}

function toDomain({ at, until, reason, ...row }: Row): Revocation {
  return { subject: revokedSubject(row), at, until, reason: reason as RevocationReason };
}
