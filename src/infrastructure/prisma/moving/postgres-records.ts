import type { MovedBatch, MovedPage, MovedRecord } from '../../../application/ports/moved-store.js';
import { type Portable, plainRow, portableKinds, portableRow } from './portable-records.js';
import type { PostgresRows } from './postgres-rows.js';
import type { RowRecord } from './row-transfer.js';

/** Kinds that are only what ended, for a store that keeps codes and tokens apart from what ended them: a view of a table. */
const ends: Readonly<Record<string, { readonly table: string; readonly record: (row: Portable) => Portable | null }>> = {
  shutOutUsers: { table: 'users', record: ({ disabledAt, removedAt }) => ((disabledAt ?? removedAt) ? { at: disabledAt ?? removedAt } : null) },
  removedClients: { table: 'clients', record: ({ removedAt }) => (removedAt ? { at: removedAt } : null) },
  revokedOwnTokens: { table: 'clients', record: ({ ownTokensRevokedAt }) => (ownTokensRevokedAt ? { at: ownTokensRevokedAt } : null) },
  endedGrants: { table: 'grants', record: ({ revokedAt, revokeReason }) => (revokedAt ? { at: revokedAt, reason: revokeReason } : null) },
};

/** Kinds whose records tell something that lies here with their grant. */
const ofGrants = ['authorizationCodes', 'accessTokens', 'refreshTokens'];

/** Parts of a record that are tables of their own, and how a change in one of them is one of the record. */
const parts: Readonly<Record<string, string>> = { grant_usage: 'grants' };

export function tableOf(kind: string): string {
  return ends[kind]?.table ?? (portableKinds[kind] as { table: string }).table;
}

/** The tables of kinds, with those of their parts. */
export function tablesOf(kinds: readonly string[]): ReadonlySet<string> {
  const tables = kinds.map(tableOf);
  const withParts = Object.entries(parts).filter(([, kind]) => kinds.includes(kind));
  return new Set([...tables, ...withParts.map(([table]) => table)]);
}

/** A database as a move into another kind of store sees it, or from one: records as the domain has them. */
export class PostgresRecords {
  constructor(
    private readonly rows: PostgresRows,
    readonly kinds: readonly string[],
  ) {}

  async page(kind: string, after: string | null, limit: number): Promise<MovedPage> {
    const { records, next } = await this.rows.page(tableOf(kind), after, limit);
    return { records: await this.portable(kind, records), next };
  }

  async read(kind: string, keys: readonly string[]): Promise<readonly MovedRecord[]> {
    const rows = await this.rows.read(
      tableOf(kind),
      keys.map((key) => rowKey(kind, key)),
    );
    return this.portable(kind, rows);
  }

  count(kind: string): Promise<number> {
    return this.rows.count(tableOf(kind));
  }

  async apply(batches: readonly MovedBatch[]): Promise<'applied' | 'overtaken'> {
    const inRows: MovedBatch[] = [];
    for (const batch of batches) {
      const { kind, put, remove } = batch;
      if (kind === 'endedGrants') await this.endGrants(put);
      const known = portableKinds[kind];
      if (known === undefined) continue;
      const toRow = known.row ?? ((record) => record);
      if (kind === 'grants' || kind === 'clients') await this.standIns(put);
      const rows = put.map(({ key, value }) => ({ key: rowKey(kind, key), value: plainRow(toRow(value as Portable)) }));
      if (kind === 'users') await this.removePeople(remove);
      inRows.push({ kind: known.table, put: rows, remove: kind === 'users' ? [] : remove.map((key) => rowKey(kind, key)) });
      if (kind === 'grants') inRows.push(usageOf(put));
      if (kind === 'resourceServers') inRows.push(await this.scopesOf(put));
    }
    return this.rows.apply(inRows);
  }

  /** The records to which a changed row belongs, by their kinds and keys: of a row that is seen in several ways there are several. */
  changed(table: string, key: string): readonly { readonly kind: string; readonly key: string }[] {
    const kinds = this.kinds.filter((one) => tableOf(one) === (parts[table] ? tableOf(parts[table]) : table));
    return kinds.map((kind) => ({ kind, key: portableKey(kind, key) }));
  }

  private async portable(kind: string, rows: readonly RowRecord[]): Promise<MovedRecord[]> {
    const table = this.rows.table(tableOf(kind));
    const plain = rows.map(({ key, value }) => ({ key: portableKey(kind, key), value: portableRow(table, value) }));
    const toRecord = ends[kind]?.record ?? portableKinds[kind]?.record ?? ((row: Portable) => row);
    const records = plain.flatMap(({ key, value: row }) => {
      const value = toRecord(row);
      return value === null ? [] : [{ key, value }];
    });
    if (kind === 'grants') return this.withUsage(records);
    if (ofGrants.includes(kind)) return this.withGrants(records);
    return kind === 'resourceServers' ? this.withScopes(records) : records;
  }

  private async withGrants(records: readonly { key: string; value: Portable }[]): Promise<MovedRecord[]> {
    const table = this.rows.table('grants');
    const ids = new Set(records.flatMap(({ value: { grantId } }) => (grantId === null ? [] : [String(grantId)])));
    const found = await this.rows.read(
      'grants',
      [...ids].map((id) => JSON.stringify([id])),
    );
    const moments = new Map(found.map(({ key, value }) => [key, portableRow(table, value).authenticatedAt]));
    return records.map(({ key, value }) => ({ key, value: { ...value, authenticatedAt: moments.get(JSON.stringify([value.grantId])) ?? null } }));
  }

  private async withUsage(grants: readonly { key: string; value: Portable }[]): Promise<MovedRecord[]> {
    const table = this.rows.table('grant_usage');
    const found = await this.rows.read(
      'grant_usage',
      grants.map(({ key }) => key),
    );
    const usage = new Map(found.map(({ key, value }) => [key, portableRow(table, value)]));
    return grants.map(({ key, value }) => {
      const { lastUsedAt = null, usedScopes = [] } = usage.get(key) ?? {};
      return { key, value: { ...value, lastUsedAt, usedScopes } };
    });
  }

  /** There are few, so all are read. */
  private async withScopes(servers: readonly { key: string; value: Portable }[]): Promise<MovedRecord[]> {
    const { rows } = await this.rows.database.query<{ id: string; name: string; sentence: string }>(
      'SELECT resource_server_id AS id, name, sentence FROM resource_server_scopes ORDER BY resource_server_id, position',
    );
    return servers.map(({ key, value }) => {
      const scopes = rows.filter(({ id }) => id === value.id).map(({ name, sentence }) => ({ name, sentence }));
      return { key, value: { ...value, scopes } };
    });
  }

  private async scopesOf(servers: readonly MovedRecord[]): Promise<MovedBatch> {
    const put = servers.flatMap(({ value }) => {
      const { id, scopes } = value as { id: string; scopes: readonly { name: string; sentence: string }[] };
      return scopes.map(({ name, sentence }, position) => ({ key: JSON.stringify([name]), value: { name, resource_server_id: id, sentence, position } }));
    });
    const ids = servers.map(({ value }) => (value as { id: string }).id);
    const names = put.map(({ value }) => value.name);
    const { rows } = await this.rows.database.query<{ name: string }>(
      'SELECT name FROM resource_server_scopes WHERE resource_server_id = ANY ($1) AND name <> ALL ($2)',
      [ids, names],
    );
    return { kind: 'resource_server_scopes', put, remove: rows.map(({ name }) => JSON.stringify([name])) };
  }

  /** As they are removed here: the row stays for what refers to it. That they went was logged where it happened. */
  private async removePeople(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const { database } = this.rows;
    await database.query("BEGIN; SELECT set_config('keywright.copying', 'yes', true)");
    await database.query(
      `UPDATE users SET removed_at = now(), disabled_at = COALESCE(disabled_at, now()), email = id::text, username = '', password_hash = NULL
       WHERE id = ANY ($1::uuid[]) AND removed_at IS NULL`,
      [keys.flatMap((key) => JSON.parse(key) as string[])],
    );
    await database.query('COMMIT');
  }

  /** Rows for people who are gone, to which what they left refers: as a person is kept here who was removed. Who is only to come is written over it. */
  private async standIns(records: readonly MovedRecord[]): Promise<void> {
    const ids = records.flatMap(({ value }) => {
      const { userId, ownerId } = value as { userId?: string; ownerId?: string | null };
      return userId ?? ownerId ?? [];
    });
    await this.rows.database.query(
      `INSERT INTO users (id, email, username, admin, created_at, disabled_at, removed_at)
       SELECT id, id::text, '', false, now(), now(), now() FROM unnest($1::uuid[]) AS id ON CONFLICT (id) DO NOTHING`,
      [[...new Set(ids)]],
    );
  }

  /** Those of which only the other store knew that they have ended; what is known here stays. */
  private async endGrants(records: readonly MovedRecord[]): Promise<void> {
    for (const { key, value } of records) {
      const { at, reason } = value as { at: Date; reason: string };
      await this.rows.database.query('UPDATE grants SET revoked_at = $2, revoke_reason = $3 WHERE id = $1 AND revoked_at IS NULL', [
        ...(JSON.parse(key) as string[]),
        at,
        reason,
      ]);
    }
  }
}

function usageOf(grants: readonly MovedRecord[]): MovedBatch {
  const used = grants.filter(({ value }) => (value as { lastUsedAt: Date | null }).lastUsedAt !== null);
  const put = used.map(({ key, value }) => {
    const { id, lastUsedAt, usedScopes } = value as { id: string; lastUsedAt: Date; usedScopes: readonly string[] };
    return { key, value: { grant_id: id, last_used_at: lastUsedAt.toISOString(), used_scopes: usedScopes } };
  });
  return { kind: 'grant_usage', put, remove: [] };
}

/** PostgreSQL writes bytes in hexadecimal with two characters before them. */
function rowKey(kind: string, key: string): string {
  return kind === 'idempotencyKeys' ? JSON.stringify((JSON.parse(key) as string[]).map((hex) => `\\x${hex}`)) : key;
}

function portableKey(kind: string, key: string): string {
  return kind === 'idempotencyKeys' ? JSON.stringify((JSON.parse(key) as string[]).map((text) => text.slice(2))) : key;
}
