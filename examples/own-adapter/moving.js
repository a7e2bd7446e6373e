import { randomUUID } from 'node:crypto';
import { recordOf, textOf } from './document-text.js';

const asItIs = (record) => record;

/** How the records of each kind lie here: in which table, and what is in the document and not in the record. Those first to which others refer. */
const kinds = {
  users: { table: 'users' },
  identities: { table: 'identities', composed: true },
  sessions: { table: 'sessions' },
  accountLinks: { table: 'links' },
  upstreamRequests: { table: 'upstreamRequests' },
  resourceServers: { table: 'resourceServers' },
  resourceServerSecrets: { table: 'secrets', where: 'resourceServerId IS NOT NULL' },
  signingKeys: { table: 'signingKeys' },
  clients: { table: 'clients' },
  clientSecrets: { table: 'secrets', where: 'clientId IS NOT NULL' },
  consents: { table: 'consents', composed: true },
  grants: { table: 'grants', doc: (grant) => ({ ...grant, revokedAt: grant.revoked?.at ?? null }), record: ({ revokedAt: _, ...grant }) => grant },
  authorizationRequests: { table: 'authorizationRequests' },
  authorizationCodes: { table: 'codes' },
  accessTokens: { table: 'accessTokens' },
  refreshTokens: { table: 'refreshTokens' },
  idempotencyKeys: {
    table: 'idempotencyKeys',
    doc: ({ id: _, ...run }) => run,
    record: (run, id) => ({ id: new Uint8Array(Buffer.from(id, 'hex')), ...run }),
  },
  revocations: { table: 'revocations', id: 'number', doc: ({ id: _, ...entry }) => entry, record: (entry, id) => ({ id: Number(id), ...entry }) },
};

/** The id of a row: a key of two fields is kept as it is written, any other as its one field. */
const idOf = ({ composed }, key) => (composed ? key : JSON.parse(key)[0]);
const keyOf = ({ composed }, id) => (composed ? id : JSON.stringify([String(id)]));

/** What both ends of a move ask: records, by pages and by key. */
const copied = (database) => {
  const records = (kind, rows) => {
    const { record = asItIs } = kinds[kind];
    return rows.map((row) => ({ key: keyOf(kinds[kind], row.id), value: record(recordOf(row), String(row.id)) }));
  };
  const select = ({ table, id = 'id', where = 'TRUE' }) => `SELECT ${id} AS id, doc FROM ${table} WHERE ${where} AND ${id}`;
  return {
    kinds: Object.keys(kinds),
    async identity() {
      const [known] = database.all('settings', "id = 'name'");
      if (known) return known.name;
      const name = `sqlite/${randomUUID()}`;
      await database.step(() => database.add('settings', 'name', { name }));
      return name;
    },
    async page(kind, after, limit) {
      const { id = 'id' } = kinds[kind];
      const rows = database.rows(
        `${select(kinds[kind])} > ? ORDER BY ${id} LIMIT ?`,
        after === null ? (id === 'id' ? '' : 0) : idOf(kinds[kind], after),
        limit,
      );
      const found = records(kind, rows);
      return { records: found, next: rows.length < limit ? null : found.at(-1).key };
    },
    async read(kind, keys) {
      const rows = keys.flatMap((key) => database.rows(`${select(kinds[kind])} = ?`, idOf(kinds[kind], key)));
      return records(kind, rows);
    },
  };
};

/** @returns {import('keywright/storage').ArrivingStore} */
export const arriving = (database) => ({
  ...copied(database),
  async prepare() {
    for (const { table } of Object.values(kinds)) if (database.get(`SELECT 1 FROM ${table} LIMIT 1`)) throw new Error(`there is something in ${table} already`);
  },
  async apply(batches) {
    try {
      await database.step(() => {
        // Everything goes before anything comes: somebody's address may have become somebody else's.
        for (const { kind, put, remove } of batches) {
          const { table, id = 'id' } = kinds[kind];
          for (const key of [...put.map((record) => record.key), ...remove]) database.delete(table, `${id} = ?`, idOf(kinds[kind], key));
        }
        for (const { kind, put } of batches) for (const { key, value } of put) add(database, kind, idOf(kinds[kind], key), value);
      });
      return 'applied';
    } catch (error) {
      if (String(error?.code).startsWith('SQLITE_CONSTRAINT')) return 'overtaken';
      throw error;
    }
  },
  // This store decides as soon as it is asked.
  async arrive() {},
});

function add(database, kind, id, value) {
  const { table, doc = asItIs } = kinds[kind];
  if (table !== 'revocations') return database.add(table, id, doc(value));
  return database.run('INSERT INTO revocations (number, doc, expiresAt) VALUES (?, ?, ?)', Number(id), textOf(doc(value)), value.until);
}

/** Which kinds a change in a table may be of. */
const kindsIn = (table) => Object.keys(kinds).filter((kind) => kinds[kind].table === table);
const tables = [...new Set(Object.values(kinds).map(({ table }) => table))];

/**
 * What is known of a move is a document among the settings; triggers note what changes while it is there, and refuse everything once it says so.
 *
 * @returns {import('keywright/storage').LeavingStore}
 */
export const leaving = (database) => {
  const known = () => database.all('settings', "id = 'move'")[0] ?? null;
  const change = (what) => database.step(() => database.put('settings', 'move', { ...known(), ...what }));
  const pass = (spare, from, to) =>
    database.step(() => {
      const move = known();
      if (move?.stage !== from || move.until.getTime() <= Date.now() + spare) return false;
      database.put('settings', 'move', { ...move, stage: to });
      return true;
    });
  const isHeld = ({ stage }) => stage === 'held' || stage === 'leaving';
  return {
    ...copied(database),
    async count(kind) {
      const { table, where = 'TRUE' } = kinds[kind];
      return database.get(`SELECT count(*) AS count FROM ${table} WHERE ${where}`).count;
    },
    async state() {
      const move = known();
      if (move === null) return null;
      const { destination, progress, stage, until } = move;
      if (isHeld(move) && until.getTime() <= Date.now()) {
        await change({ stage: 'copying' });
        return { destination, progress, stage: 'copying' };
      }
      return { destination, progress, stage: isHeld(move) ? 'held' : stage };
    },
    begin: (destination) =>
      database.step(() => {
        for (const sql of tables.flatMap(triggersOf)) database.run(sql);
        if (known() === null) database.add('settings', 'move', { destination, stage: 'copying', progress: {}, until: new Date(0) });
      }),
    reached: (kind, place) => change({ progress: { ...known().progress, [kind]: place } }),
    async changes(limit) {
      const notes = database.rows('SELECT number, kind, key FROM changes ORDER BY number LIMIT ?', limit);
      return notes.flatMap(({ number, kind: table, key }) => kindsIn(table).map((kind) => ({ id: String(number), kind, key: keyOf(kinds[kind], key) })));
    },
    forget: (changes) =>
      database.step(() => {
        for (const { id } of changes) database.run('DELETE FROM changes WHERE number = ?', Number(id));
      }),
    noteChanged: (kind, keys) =>
      database.step(() => {
        for (const key of keys) database.run('INSERT INTO changes (kind, key) VALUES (?, ?)', kinds[kind].table, idOf(kinds[kind], key));
      }),
    // One process serves, and whoever moves its file stops it first or tells it.
    unaware: async () => 0,
    hold: (milliseconds) => change({ stage: 'held', until: new Date(Date.now() + milliseconds) }),
    release: () => database.step(() => void (isHeld(known()) && database.put('settings', 'move', { ...known(), stage: 'copying' }))),
    async leave(spare, last) {
      if (!(await pass(spare, 'held', 'leaving'))) return false;
      await last();
      return pass(spare, 'leaving', 'moved');
    },
    abandon: () =>
      database.step(() => {
        database.delete('settings', "id = 'move'");
        database.run('DELETE FROM changes');
      }),
  };
};

function triggersOf(table) {
  const id = table === 'revocations' ? 'number' : 'id';
  const moving = "EXISTS (SELECT 1 FROM settings WHERE id = 'move')";
  const over = "EXISTS (SELECT 1 FROM settings WHERE id = 'move' AND json_extract(doc, '$.stage') IN ('leaving', 'moved'))";
  return ['INSERT', 'UPDATE', 'DELETE'].flatMap((verb) => [
    `CREATE TRIGGER IF NOT EXISTS note_${verb}_${table} AFTER ${verb} ON ${table} WHEN ${moving}
     BEGIN INSERT INTO changes (kind, key) VALUES ('${table}', ${verb === 'DELETE' ? 'OLD' : 'NEW'}.${id}); END`,
    `CREATE TRIGGER IF NOT EXISTS refuse_${verb}_${table} BEFORE ${verb} ON ${table} WHEN ${over}
     BEGIN SELECT RAISE(ABORT, 'this store has moved'); END`,
  ]);
}
