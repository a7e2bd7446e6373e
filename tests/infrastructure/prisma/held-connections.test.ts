import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HeldConnections } from '../../../src/infrastructure/prisma/coalescing/held-connections.js';
import { connectionSettings } from '../../../src/infrastructure/prisma/connection-settings.js';
import { StatementQuery } from '../../../src/infrastructure/prisma/statement-query.js';
import { oneConnection } from './one-connection.js';

const { database, pool: observer } = oneConnection();

let connections: pg.Pool;
let held: HeldConnections;

beforeEach(() => {
  connections = new pg.Pool({ ...connectionSettings({ databaseUrl: database().url, poolSize: 2 }), idleTimeoutMillis: 0 });
  connections.on('error', () => undefined);
  held = new HeldConnections(connections, 10_000);
});
afterEach(async () => {
  if (!connections.ending) await held.close();
});

function run(text: string, on = held): Promise<object[]> {
  return new Promise((resolve, reject) => on.run(new StatementQuery('', text, []), (error, rows = []) => (error ? reject(error) : resolve(rows))));
}

/** The process of PostgreSQL that serves the connection. */
async function server(): Promise<number> {
  const [row] = await run('SELECT pg_backend_pid() AS pid');
  return (row as { pid: number }).pid;
}

const end = (pid: number) => observer().query('end', 'SELECT pg_terminate_backend($1)', [pid]);

it('sends the next statement on the connection of the one before', async () => {
  expect(await server()).toBe(await server());
  expect(connections.totalCount).toBe(1);
});

it('has as many connections as statements are under way at once, and uses the one that answered last', async () => {
  await Promise.all([server(), server()]);
  const [slow, quick] = await Promise.all([run('SELECT pg_backend_pid() AS pid, pg_sleep(0.5)'), server()]);
  expect(connections.totalCount).toBe(2);
  expect(await server()).toBe((slow[0] as { pid: number }).pid);
  expect(await server()).not.toBe(quick);
});

it('closes what nobody needed for so long, and connects anew', async () => {
  held = new HeldConnections(connections, 50);
  const before = await server();
  await vi.waitFor(() => expect(connections.totalCount).toBe(0), 5000);
  expect(await server()).not.toBe(before);
});

it('closes a connection on which a statement failed, and the next one has another', async () => {
  const before = await server();
  await expect(run('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
  expect(await server()).not.toBe(before);
  expect(connections.totalCount).toBe(1);
});

it('lets go of a connection that was lost while nobody used it', async () => {
  const before = await server();
  await end(before);
  await vi.waitFor(() => expect(connections.totalCount).toBe(0));
  expect(await server()).not.toBe(before);
});

it('does nothing more about a connection that is lost once more while it is closed, and keeps the others', async () => {
  const both: pg.PoolClient[] = [];
  connections.on('connect', (client) => both.push(client));
  await Promise.all([server(), server()]);
  const kept = await server();
  const pids = await Promise.all(both.map(async (client) => (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid));
  const other = both[pids.findIndex((pid) => pid !== kept)];
  const lost = () => other?.emit('error', new Error('lost'));
  lost();
  lost();
  await vi.waitFor(() => expect(connections.totalCount).toBe(1));
  lost();
  expect(await server()).toBe(kept);
  expect(connections.totalCount).toBe(1);
});

it('says so when a connection is lost under way, and the next statement has another', async () => {
  const before = await server();
  const waiting = expect(run('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57P01' });
  await vi.waitFor(async () => {
    const [row] = await observer().query<{ busy: string }>('busy', "SELECT count(*) AS busy FROM pg_stat_activity WHERE pid = $1 AND state = 'active'", [
      before,
    ]);
    expect(Number(row?.busy)).toBe(1);
  });
  await end(before);
  await waiting;
  expect(await server()).not.toBe(before);
});

it('says so when the database refuses a connection, each time', async () => {
  const databaseUrl = Object.assign(new URL(database().url), { pathname: '/nowhere' }).href;
  const nowhere = new HeldConnections(new pg.Pool(connectionSettings({ databaseUrl, poolSize: 1 })), 10_000);
  for (const _ of [1, 2]) await expect(run('SELECT 1', nowhere)).rejects.toMatchObject({ code: '3D000' });
  await nowhere.close();
});

it('closes when what is under way has been answered', async () => {
  await Promise.all([server(), server()]);
  const under = run('SELECT 1 AS one, pg_sleep(0.2)');
  await held.close();
  expect(await under).toMatchObject([{ one: 1 }]);
  expect(connections.totalCount).toBe(0);
});
