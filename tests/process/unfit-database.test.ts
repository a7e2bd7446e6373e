import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.js';
import { PostgresFolder } from '../../src/infrastructure/embedded-postgres/postgres-folder.js';
import { startEmbeddedPostgres } from '../../src/infrastructure/embedded-postgres/start-embedded-postgres.js';
import { examinedStore } from '../../src/infrastructure/examined-store.js';
import { migrateStore, openStorage } from '../../src/infrastructure/open-storage.js';
import { letIn } from '../../src/infrastructure/prisma/let-in.js';
import { migrate } from '../../src/infrastructure/prisma/migrate.js';
import { explainFailure } from '../../src/interfaces/cli/explain-failure.js';
import { type DatabaseWithRole, databaseWithRole } from '../support/postgres.js';
import { runKeywright } from './keywright-process.js';

const secretKey = 'a key of more than 32 characters, for tests';
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-unfit-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

function environment(databaseUrl: string, more: Record<string, string>): Record<string, string> {
  return { DATABASE_URL: databaseUrl, SECRET_KEY: secretKey, DATA_DIR: dataDir, ISSUER: 'http://localhost:1', ...more };
}

/** By whom the database is looked after is told the same by all three, and nobody is told that it is to be started. */
async function refused(databaseUrl: string, words: RegExp, exitCode: number, more: Record<string, string> = {}): Promise<void> {
  const choice = { ...readConfig(environment(databaseUrl, more)), ifNotMade: 'refuse' } as const;
  const examine = async () => {
    const store = await examinedStore(choice);
    await store.ping().finally(() => store.close());
  };
  for (const work of [() => openStorage(choice), () => migrateStore(choice), examine]) {
    const failure = explainFailure(await work().catch((error: unknown) => error));
    expect(failure).toEqual({ exitCode, lines: [expect.stringMatching(new RegExp(`^the database at ${words.source}$`))] });
  }
}

/** The same of the commands themselves, each a process of its own: for one fault of each kind, because it is the error that tells them apart. */
async function refusedByCommands(databaseUrl: string, words: RegExp, exitCode: number, more: Record<string, string> = {}): Promise<void> {
  const env = environment(databaseUrl, more);
  for (const command of ['serve', 'migrate', 'doctor']) {
    const { code, stdout, stderr } = await runKeywright(env, command);
    if (command === 'doctor') expect(stdout).toMatch(new RegExp(`^fail +store +the database at ${words.source}$`, 'm'));
    else expect(stderr).toMatch(new RegExp(`^error: the database at ${words.source}\n$`));
    expect(code).toBe(command === 'doctor' ? 1 : exitCode);
  }
}

/** A database with tables, and the address of it for a role that does not own it and was granted something. */
async function guest(...grants: string[]) {
  const { role } = await databaseWithRole();
  const database = await databaseWithRole();
  await migrate({ databaseUrl: database.url });
  for (const grant of grants) await database.query(`GRANT ${grant} IN SCHEMA public TO ${role}`);
  return { database, url: asRole(database, role) };
}

function asRole({ url }: DatabaseWithRole, role: string): string {
  return Object.assign(new URL(url), { username: role, password: role }).href;
}

describe('a start, migrate and doctor refuse', () => {
  it.each(['LATIN1', 'SQL_ASCII'])('one that keeps text in %s, and nothing is made in it', async (encoding) => {
    const database = await databaseWithRole(`TEMPLATE template0 ENCODING '${encoding}' LOCALE_PROVIDER libc LOCALE 'C'`);
    await refused(
      database.url,
      new RegExp(`.* keeps text in ${encoding}, .*: it must be UTF8: make another: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`),
      78,
    );
    expect(await database.query("SELECT FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
  });

  it.each(['x"y', 'pg_catalog'])('one in whose schema (%s) no program can keep its tables, and nothing is made in it', async (schema) => {
    const { url, role, query } = await databaseWithRole();
    const name = `"${schema.replaceAll('"', '""')}"`;
    if (schema !== 'pg_catalog') await query(`CREATE SCHEMA ${name} AUTHORIZATION ${role}`);
    await query(`ALTER ROLE ${role} SET search_path = ${name}`);
    await refused(url, /.* is to be used in the schema .*: CREATE SCHEMA keywright AUTHORIZATION "\w+"; ALTER ROLE "\w+" SET search_path = keywright/, 78);
    expect(await query("SELECT FROM pg_tables WHERE tablename = '_prisma_migrations'")).toEqual([]);
  });

  it('one in whose schema whoever may connect makes functions, where others may connect', async () => {
    const { url, query } = await databaseWithRole();
    await databaseWithRole();
    await query('GRANT CREATE ON SCHEMA public TO PUBLIC');
    await refused(url, /.* lets whoever may connect make functions in the schema public, .*: REVOKE CREATE ON SCHEMA "public" FROM PUBLIC, or .*/, 78);
    await query(`REVOKE CONNECT ON DATABASE "${new URL(url).pathname.slice(1)}" FROM PUBLIC`);
    expect((await migrateStore(readConfig(environment(url, {})))).applied).not.toEqual([]);
  });

  it.each([
    ['a function', 'CREATE FUNCTION public.unnest(text[]) RETURNS SETOF text LANGUAGE sql AS $$ SELECT NULL $$', 'DROP ROUTINE public.unnest(text[])'],
    ['an aggregate', 'CREATE AGGREGATE public.max(text[]) (SFUNC = array_cat, STYPE = text[])', 'DROP ROUTINE public.max(text[])'],
    ['an operator', 'CREATE OPERATOR public.- (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)', 'DROP OPERATOR -(text,text)'],
  ])('one in whose schema somebody else has put %s that is called as one of PostgreSQL, until it is dropped', async (_, planted, drop) => {
    const [{ role }, { url, query }] = [await databaseWithRole(), await databaseWithRole()];
    await migrate({ databaseUrl: url });
    await query(`GRANT CREATE ON SCHEMA public TO ${role}; SET ROLE ${role}; ${planted}`);
    const words = new RegExp(
      `.* has the \\w+ .* of the role ${role}, which is called as one of PostgreSQL's own and .*: find out .*; then ${drop.replaceAll(/[()[\]|.]/g, '\\$&')}`,
    );
    await refused(url, words, 78);
    await query(drop);
    expect(await migrateStore(readConfig(environment(url, {})))).toEqual({ applied: [] });
  });

  it('one in whose schema somebody else has put several that are called so: all are told at once, and can be dropped as is said', async () => {
    const [{ role }, { url, query }] = [await databaseWithRole(), await databaseWithRole()];
    await query(`GRANT CREATE ON SCHEMA public TO ${role}; SET ROLE ${role};
      CREATE FUNCTION public.left(text, text) RETURNS text LANGUAGE sql AS $$ SELECT NULL $$; CREATE AGGREGATE public.max(text[]) (SFUNC = array_cat, STYPE = text[]);
      CREATE OPERATOR public.- (LEFTARG = text, RIGHTARG = text, FUNCTION = public.left)`);
    const drops = 'DROP OPERATOR -(text,text); DROP ROUTINE public."left"(text, text), public.max(text[])';
    const all = ['operator -(text,text)', 'routine public."left"(text, text)', 'routine public.max(text[])'].map((one) => `the ${one} of the role ${role}`);
    const words = `has ${all[0]}, ${all[1]} and ${all[2]}, which are called as PostgreSQL's own are and would be run as the role \\w+: find out who put them there; then ${drops}`;
    await refused(url, new RegExp(`.* ${words.replaceAll(/[()[\]|.]/g, '\\$&')}`), 78);
    await query(drops);
    expect((await migrateStore(readConfig(environment(url, {})))).applied).not.toEqual([]);
  });

  it('one in whose schema somebody else has put very many that are called so: ten are told, and that there are others', async () => {
    const [{ role }, { url, query }] = [await databaseWithRole(), await databaseWithRole()];
    const names = Array.from({ length: 11 }, (_, index) => `public.max(text[]${', integer'.repeat(index)})`);
    const planted = names.map((name) => `CREATE FUNCTION ${name} RETURNS text LANGUAGE sql AS $$ SELECT NULL $$`);
    await query(`GRANT CREATE ON SCHEMA public TO ${role}; SET ROLE ${role}; ${planted.join('; ')}`);
    await refused(
      url,
      /.* has (the routine [^:]+ of the role \w+,? ){10}and others, which are .*; then DROP ROUTINE ([^:]+\), ){9}[^:]+\); the others are told then/,
      78,
    );
  });

  it.each(['ALTER EXTENSION "citext" SET SCHEMA', 'REASSIGN OWNED BY'])(
    'one in whose schema an extension is of somebody who is no superuser any more, until what is said is done: %s',
    async (advised) => {
      const [{ role: another }, { url, query }] = [await databaseWithRole(), await databaseWithRole()];
      await migrate({ databaseUrl: url });
      await query(`ALTER ROLE ${another} SUPERUSER; SET ROLE ${another}; CREATE EXTENSION citext`);
      onTestFinished(async () => void (await query('DROP EXTENSION citext')));
      await query(`ALTER ROLE ${another} NOSUPERUSER`);
      const said = new RegExp(
        `.* has the extension citext in the schema public, of which the role ${another}, no superuser, owns .*: as a superuser ALTER EXTENSION "citext" SET SCHEMA another, or .*: REASSIGN OWNED BY "${another}" TO a superuser, which hands .*`,
      );
      await refused(url, said, 78);
      await query('CREATE SCHEMA elsewhere');
      await query(advised.startsWith('ALTER') ? `${advised} elsewhere` : `${advised} "${another}" TO CURRENT_USER`);
      expect(await migrateStore(readConfig(environment(url, {})))).toEqual({ applied: [] });
    },
  );

  it('none whose owner, or who may do everything, has put such there', async () => {
    const { url, role, query } = await databaseWithRole();
    await query(`CREATE FUNCTION unnest(text[]) RETURNS SETOF text LANGUAGE sql AS $$ SELECT NULL $$`);
    await query(
      `GRANT CREATE ON SCHEMA public TO ${role}; SET ROLE ${role}; CREATE FUNCTION format(text, text) RETURNS text LANGUAGE sql AS $$ SELECT NULL $$`,
    );
    expect((await migrateStore(readConfig(environment(url, {})))).applied).not.toEqual([]);
  });

  it('a role whose transactions only read', async () => {
    const database = await databaseWithRole();
    await migrate({ databaseUrl: database.url });
    await database.query(`ALTER ROLE ${database.role} SET default_transaction_read_only = on`);
    await refusedByCommands(database.url, /.* lets the role \w+ read and not write: default_transaction_read_only is on: .*ALTER ROLE "\w+" RESET .*/, 78);
  });

  it.each(['SELECT ON ALL TABLES', 'SELECT, INSERT, UPDATE ON ALL TABLES', 'SELECT, INSERT, UPDATE, DELETE ON ALL TABLES'])(
    'a role that was only granted %s',
    async (grants) => {
      const { database, url } = await guest(grants);
      const words = /.* does not let the role \w+ read and write \w+: connect as the owner of the tables; .*/;
      await refused(url, words, 78);
      await refused(url, words, 78, { DATABASE_POOLER: 'transaction', DATABASE_DIRECT_URL: database.url });
    },
  );

  it('a role that may write everything and owns nothing, whether or not there is something to be changed', async () => {
    const { database, url } = await guest('ALL ON ALL TABLES', 'ALL ON ALL SEQUENCES');
    const words = new RegExp(
      `.* has the table _prisma_migrations, which is ${database.role}'s and not of the role \\w+: .*: connect as ${database.role}, or .* REASSIGN OWNED .*`,
    );
    await refused(url, words, 78);
    await database.query('DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)');
    await refused(url, words, 78);
  });

  it('a role that may not make tables in its schema', async () => {
    const { role } = await databaseWithRole();
    const url = asRole(await databaseWithRole(), role);
    await refused(url, /.* does not let the role \w+ make tables in the schema public: GRANT CREATE ON SCHEMA "public" .*/, 78);
  });

  it('one that a newer version has used asks for that version, and not to be started', async () => {
    const database = await databaseWithRole();
    await migrate({ databaseUrl: database.url });
    await database.query("INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '29990101000000_later', now())");
    const env = { DATABASE_URL: database.url, SECRET_KEY: secretKey, DATA_DIR: dataDir };
    const words = 'the database was used by a newer version: it has 29990101000000_later, which this version does not know: upgrade this program, or ';
    for (const command of ['serve', 'migrate']) expect(await runKeywright(env, command)).toMatchObject({ code: 78, stderr: expect.stringContaining(words) });
    const { stdout } = await runKeywright(env, 'doctor');
    expect(stdout).toMatch(/^ok +store +answers$/m);
    expect(stdout).toMatch(new RegExp(`^fail +migrations +${words}.*`, 'm'));
    expect(stdout).not.toContain('start it');
  });

  it('one without TLS where its address asks for it, which somebody may be about to put right there', async () => {
    const { url } = await databaseWithRole();
    const words = /.* is there, and no connection under TLS comes about \(.*SSL.*\): correct sslmode or sslrootcert in its address, or .*/;
    await refused(`${url}?sslmode=verify-full`, words, 75);
  });

  it('one whose connections are all taken', async () => {
    const database = await databaseWithRole();
    await database.query(`ALTER ROLE ${database.role} CONNECTION LIMIT 0`);
    await refused(
      database.url,
      /.* takes no more connections \(too many connections for role "\w+"\): see who holds them .*; lower DATABASE_POOL_SIZE or WORKERS, .*/,
      75,
    );
  });

  it('a standby, which may be the primary the next time', async () => {
    const home = await mkdtemp(join(tmpdir(), 'keywright-standby-'));
    onTestFinished(() => rm(home, { recursive: true }));
    const start = async () => {
      const database = await startEmbeddedPostgres({ dataDir: home, log: () => undefined });
      let stopped: Promise<void> | undefined;
      const stop = () => (stopped ??= database.stop());
      onTestFinished(stop);
      return { url: database.url, stop };
    };
    const primary = await start();
    await migrate({ databaseUrl: primary.url });
    await primary.stop();
    const signal = join(new PostgresFolder(home).cluster, 'standby.signal');
    await writeFile(signal, '');
    await chmod(signal, 0o666);
    const { url } = await start();
    await refusedByCommands(
      url,
      /.* is a standby: it follows another, and can be read and not written: give the address of the primary, or promote this one/,
      75,
    );
  });

  it('each of them also where a module of the team’s own asks for it', async () => {
    const database = await databaseWithRole();
    await database.query(`ALTER ROLE ${database.role} SET default_transaction_read_only = on`);
    const STORAGE = join(dataDir, 'storage.mjs');
    await writeFile(STORAGE, 'export const createStorage = ({ openPostgres }) => openPostgres();');
    await refusedByCommands(database.url, /.* default_transaction_read_only is on: .*ALTER ROLE "\w+" RESET .*/, 78, { STORAGE });
  });
});

describe('behind a pooler a start', () => {
  it('lets in a role that owns nothing and may write everything', async () => {
    const { database, url } = await guest('SELECT, INSERT, UPDATE, DELETE ON ALL TABLES', 'USAGE ON ALL SEQUENCES');
    await letIn({ databaseUrl: url, databaseDirectUrl: database.url, pooled: true });
  });

  it('refuses a way past the pooler that leads to another schema of the same database', async () => {
    const { database, url } = await guest();
    const { username } = new URL(url);
    await database.query(`CREATE SCHEMA elsewhere AUTHORIZATION ${username}; ALTER ROLE ${username} SET search_path = elsewhere`);
    const ways = { databaseUrl: url, databaseDirectUrl: database.url, pooled: true };
    await expect(letIn(ways)).rejects.toThrow('DATABASE_DIRECT_URL leads to the schema public, and DATABASE_URL to elsewhere');
  });

  it('lets in a role that may not ask what the cluster is called, and refuses a way past the pooler to another database all the same', async () => {
    const { database, url } = await guest('SELECT, INSERT, UPDATE, DELETE ON ALL TABLES', 'USAGE ON ALL SEQUENCES');
    await database.query('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC');
    await letIn({ databaseUrl: url, databaseDirectUrl: database.url, pooled: true });
    const ways = { databaseUrl: url, databaseDirectUrl: (await databaseWithRole()).url, pooled: true };
    await expect(letIn(ways)).rejects.toThrow('DATABASE_DIRECT_URL leads to another database than DATABASE_URL');
  });
});
