import fc from 'fast-check';
import { Client as Connection } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plus, someGrant } from '../../../src/adapter-kit/fixtures.js';
import { givenClient, givenGrant, givenTokens } from '../../../src/adapter-kit/given.js';
import { someMachineToken } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let storage: Storage;
const writers: Connection[] = [];
let clientId: string;

beforeAll(async () => {
  database = await testDatabase();
  storage = createPrismaStorage({ databaseUrl: database.url });
  for (let index = 0; index < 4; index += 1) {
    const writer = new Connection({ connectionString: database.url });
    await writer.connect();
    writers.push(writer);
  }
  const client = await givenClient(storage);
  clientId = client.id;
});
afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.end()));
  await storage.close();
  await database.drop();
});

/** The store for a role that was granted no more than the log. */
const asReader = () => createPrismaStorage({ databaseUrl: Object.assign(new URL(database.url), { username: 'keywright_reader', password: 'reader' }).href });

const first = () => writers[0] as Connection;

describe('a reader of the log of revocations', () => {
  /** One step of a history: one of four transactions revokes a token, ends one way or the other, or the reader reads a page. */
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ writer: fc.nat(3), does: fc.constantFrom('revoke', 'revoke', 'commit', 'rollback') }) },
    { weight: 2, arbitrary: fc.record({ reads: fc.constantFrom(1, 2, 50) }) },
  );

  /** Entries as a restore leaves them, with numbers that the next transactions of this cluster will have. */
  async function restoredAhead(by: readonly number[]): Promise<ReadonlySet<string>> {
    const ids = by.map(() => someMachineToken(clientId).id);
    await first().query(
      `INSERT INTO revocations (txid, kind, token_id, at, expires_at, reason)
       SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + by)::text::xid8, 'token', id, now(), now() + interval '1 day', 'revoked_by_client'
       FROM unnest($1::int[], $2::uuid[]) AS restored (by, id)`,
      [by, ids],
    );
    return new Set(ids);
  }

  it('reads every entry once that was committed, and none that was not, in whatever order transactions begin, write, read and end, and whatever was restored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (history) => {
        const open: (string[] | null)[] = [null, null, null, null];
        const committed: string[] = [];
        const read: string[] = [];
        const restored = await restoredAhead([1, 3, 6, 10]);
        let place = await storage.revocations.latest();
        const readPage = async (limit: number) => {
          const page = await storage.revocations.since(place, limit);
          if (page === null) throw new Error('the place is unknown');
          place = page.position;
          read.push(...page.revocations.map(({ subject }) => (subject.kind === 'token' ? subject.tokenId : '')));
          return page.more || page.revocations.length > 0;
        };
        const end = async (index: number, how: 'commit' | 'rollback') => {
          if (open[index] === null) return;
          await (writers[index] as Connection).query(how);
          if (how === 'commit') committed.push(...(open[index] ?? []));
          open[index] = null;
        };
        for (const one of history) {
          if ('reads' in one) {
            await readPage(one.reads);
            continue;
          }
          if (one.does !== 'revoke') {
            await end(one.writer, one.does as 'commit' | 'rollback');
            continue;
          }
          const writer = writers[one.writer] as Connection;
          if (open[one.writer] === null) {
            await writer.query('BEGIN');
            open[one.writer] = [];
          }
          const { id } = someMachineToken(clientId);
          await writer.query(`INSERT INTO access_tokens (id, digest, client_id, issued_at, expires_at) VALUES ($1, '', $2, now(), now() + interval '1 hour')`, [
            id,
            clientId,
          ]);
          await writer.query(`UPDATE access_tokens SET revoked_at = now(), revoke_reason = 'revoked_by_client' WHERE id = $1`, [id]);
          open[one.writer]?.push(id);
        }
        for (let index = 0; index < 4; index += 1) await end(index, index % 2 === 0 ? 'commit' : 'rollback');
        while (await readPage(3));
        const [old, own] = [read.filter((id) => restored.has(id)), read.filter((id) => !restored.has(id))];
        expect([...own].sort()).toEqual([...committed].sort());
        expect(new Set(old).size).toBe(old.length);
        await first().query('DELETE FROM revocations WHERE token_id = ANY ($1)', [[...restored]]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('is told at once, though another transaction is open for long', async () => {
    await first().query('BEGIN');
    await first().query('SELECT pg_current_xact_id()');
    const { grant } = await givenTokens(storage);
    const place = await storage.revocations.latest();
    await storage.grants.revoke(grant.id, 'revoked_by_person', plus(1));
    const page = await storage.revocations.since(place, 10);
    expect(page?.revocations).toHaveLength(1);
    expect((await storage.revocations.since(page?.position ?? '', 10))?.revocations).toEqual([]);
    await first().query('ROLLBACK');
    expect((await storage.revocations.since(page?.position ?? '', 10))?.revocations).toEqual([]);
  });

  it('is told that a place lies ahead of a store that was set back', async () => {
    const ahead = (await storage.revocations.latest()).replace(/[\d:,]*$/, '90000000:90000000:');
    expect(await storage.revocations.since(ahead, 10)).toBeNull();
  });
});

describe('a reader whose database user may not ask what the cluster is called', () => {
  const right = (change: 'REVOKE' | 'GRANT') => first().query(`${change} EXECUTE ON FUNCTION pg_control_system() ${change === 'GRANT' ? 'TO' : 'FROM'} PUBLIC`);
  let reader: Storage;
  beforeEach(async () => {
    await first().query(
      'CREATE ROLE keywright_reader LOGIN PASSWORD $$reader$$; GRANT SELECT, INSERT ON revocations TO keywright_reader; GRANT USAGE ON SEQUENCE revocations_id_seq TO keywright_reader',
    );
    reader = asReader();
  });
  afterEach(async () => {
    await reader.close();
    await right('GRANT');
    await first().query('DROP OWNED BY keywright_reader; DROP ROLE keywright_reader');
  });

  async function readsOn(): Promise<void> {
    const place = await reader.revocations.latest();
    const tokenId = someMachineToken(clientId).id;
    await reader.revocations.add({ subject: { kind: 'token', tokenId }, at: plus(1), until: plus(100), reason: 'revoked_by_client' });
    const page = await reader.revocations.since(place, 10);
    expect(page?.revocations.map(({ subject }) => subject)).toEqual([{ kind: 'token', tokenId }]);
    expect((await reader.revocations.since(page?.position ?? '', 10))?.revocations).toEqual([]);
  }

  it('reads on all the same, also when the right is taken while it reads', async () => {
    await readsOn();
    await right('REVOKE');
    await readsOn();
  });

  it('calls the cluster as one does that begins later, whenever the right is given or taken', async () => {
    await reader.revocations.latest();
    for (const change of ['REVOKE', 'GRANT'] as const) {
      await right(change);
      const later = asReader();
      try {
        expect(await later.revocations.since(await reader.revocations.latest(), 10)).toMatchObject({ revocations: [] });
      } finally {
        await later.close();
      }
    }
  });
});

describe('the log', () => {
  it('is written to by other tools too, and by no token that is issued', async () => {
    const { grant } = await givenTokens(storage);
    const place = await storage.revocations.latest();
    await storage.accessTokens.add(someMachineToken(clientId));
    expect((await storage.revocations.since(place, 10))?.revocations).toEqual([]);
    await first().query(`UPDATE grants SET revoked_at = now(), revoke_reason = 'revoked_by_operator' WHERE id = $1`, [grant.id]);
    await first().query('DELETE FROM users WHERE id = $1', [grant.userId]);
    const page = await storage.revocations.since(place, 10);
    expect(page?.revocations.map(({ subject }) => subject)).toEqual([
      { kind: 'grant', grantId: grant.id },
      { kind: 'user', userId: grant.userId },
    ]);
  });

  it('forgets what was rolled back together with it', async () => {
    const { accessToken } = await givenTokens(storage);
    const place = await storage.revocations.latest();
    await first().query('BEGIN');
    await first().query(`UPDATE access_tokens SET revoked_at = now(), revoke_reason = 'revoked_by_client' WHERE id = $1`, [accessToken.id]);
    await first().query('ROLLBACK');
    expect((await storage.revocations.since(place, 10))?.revocations).toEqual([]);
  });

  it('has one entry for each step of revoking 12,000 grants, never one for each', async () => {
    const { userId, clientId: busy } = await givenGrant(storage);
    const grant = someGrant(userId, busy);
    await first().query(
      `INSERT INTO grants (id, user_id, client_id, scopes, created_at, needed_until)
       SELECT gen_random_uuid(), $1, $2, '{}', $3, now() + interval '1 day' FROM generate_series(1, 11999)`,
      [grant.userId, grant.clientId, grant.createdAt],
    );
    const place = await storage.revocations.latest();
    expect(await storage.grants.revokeAll({ clientId: busy }, 'revoked_by_operator', plus(1))).toBe(12_000);
    expect((await storage.revocations.since(place, 100))?.revocations.map(({ subject }) => subject)).toEqual(
      Array(3).fill({ kind: 'grants', clientId: busy, userId: null }),
    );
    expect(await storage.revocations.since(await storage.revocations.latest(), 10)).toMatchObject({ revocations: [], more: false });
  });
});
