import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as Connection } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { subjects } from '../../../src/adapter-kit/revocation-reading-contract.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import type { Revocation } from '../../../src/domain/tokens/revocation.js';
import { uuid7 } from '../../../src/domain/tokens/uuid7.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/infrastructure/embedded-postgres/start-embedded-postgres.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

/** Numbers of transactions that the old cluster is ahead of the new one. */
const lead = 20_000;

let folder: string;
let cluster: EmbeddedPostgres;
let before: TestDatabase;
const connections: Connection[] = [];
let [old, restored]: Storage[] = [];
let placeBefore: string;
const told = [1, 2, 3].map(() => someRevocation());

beforeAll(async () => {
  before = await testDatabase();
  const from = await connected(before.url);
  old = createPrismaStorage({ databaseUrl: before.url });
  await useUp(from, lead);
  for (const one of told) await old.revocations.add(one);
  placeBefore = await old.revocations.latest();

  folder = await mkdtemp(join(tmpdir(), 'keywright-restored-'));
  cluster = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined, settings: { fsync: 'off' } });
  await migrate({ databaseUrl: cluster.url });
  const to = await connected(cluster.url);
  // As pg_restore does: with the values that the dump has.
  const { rows } = await from.query<{ row: string }>('SELECT to_json(revocations)::text AS row FROM revocations');
  for (const { row } of rows) await to.query('INSERT INTO revocations SELECT * FROM json_populate_record(NULL::revocations, $1)', [row]);
  await to.query("SELECT setval(pg_get_serial_sequence('revocations', 'id'), (SELECT max(id) FROM revocations))");
  restored = createPrismaStorage({ databaseUrl: cluster.url });
});
afterAll(async () => {
  for (const connection of connections) await connection.end();
  await old?.close();
  await restored?.close();
  await cluster.stop();
  await before.drop();
  await rm(folder, { recursive: true });
});

it('goes on after a restore into another cluster: an entry of before is not told again and again, and each of after once', async () => {
  const log = (restored as Storage).revocations;
  const one = someRevocation();
  const start = await log.latest();
  expect(await log.since(start, 10)).toMatchObject({ revocations: [] });
  await log.add(one);
  const page = await log.since(start, 10);
  expect(subjects(page?.revocations ?? [])).toEqual([one.subject]);
  expect(await log.since(page?.position ?? '', 10)).toMatchObject({ revocations: [] });
});

it('skips nothing that is under way while the numbers of the new cluster pass those of the old one, and tells nothing twice', async () => {
  const log = (restored as Storage).revocations;
  const [slow, quick] = [await connected(cluster.url), await connected(cluster.url)];
  const read: Revocation[] = [];
  let place = await log.latest();
  const follow = async () => {
    for (let more = true; more; ) {
      const page = await log.since(place, 2);
      if (page === null) throw new Error('the place is unknown');
      read.push(...page.revocations);
      ({ position: place, more } = page);
    }
  };
  const added: Revocation[] = [];
  for (let passed = 0; passed < lead * 1.2; passed += lead / 5) {
    const [lasting, soonOver] = [someRevocation(), someRevocation()];
    await slow.query('BEGIN');
    await add(slow, lasting);
    await useUp(quick, lead / 5);
    await follow();
    await add(quick, soonOver);
    await follow();
    await slow.query('COMMIT');
    await follow();
    added.push(lasting, soonOver);
  }
  const [ofBefore, ofAfter] = [read.filter(isToldBefore), read.filter((one) => !isToldBefore(one))].map((those) => those.map(idOf).sort());
  expect(ofAfter).toEqual(added.map(idOf).sort());
  expect(new Set(ofBefore).size).toBe(ofBefore?.length);
});

it('tells whoever comes with a place in the old cluster to forget all, also once its numbers are reached', async () => {
  const log = (restored as Storage).revocations;
  expect(await log.since(placeBefore, 10)).toBeNull();
  await useUp(await connected(cluster.url), lead * 1.5);
  expect(await log.since(placeBefore, 10)).toBeNull();
});

async function connected(connectionString: string): Promise<Connection> {
  const connection = new Connection({ connectionString });
  await connection.connect();
  connections.push(connection);
  return connection;
}

/** Ends so many transactions that have a number. */
async function useUp(connection: Connection, count: number): Promise<void> {
  await connection.query(`DO $$ BEGIN FOR i IN 1..${count} LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$`);
}

function someRevocation(): Revocation {
  const at = new Date();
  return { subject: { kind: 'token', tokenId: uuid7(at) }, at, until: new Date(at.getTime() + 3_600_000), reason: 'revoked_by_client' };
}

async function add(connection: Connection, one: Revocation): Promise<void> {
  await connection.query('INSERT INTO revocations (kind, token_id, at, expires_at, reason) VALUES ($1, $2, $3, $4, $5)', [
    'token',
    idOf(one),
    one.at,
    one.until,
    one.reason,
  ]);
}

function idOf({ subject }: Revocation): string {
  return subject.kind === 'token' ? subject.tokenId : '';
}

function isToldBefore(one: Revocation): boolean {
  return told.some((known) => idOf(known) === idOf(one));
}
