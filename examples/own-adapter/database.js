import { StorageUnavailable, StoreMoved } from 'keywright/storage';
import Database from 'libsql';
import { recordOf, textOf } from './document-text.js';

/** What each table is searched by, besides its key. Everything else about a record is in `doc`. */
const tables = {
  clients: ['ownerId', 'createdAt', 'removedAt'],
  secrets: ['clientId', 'resourceServerId'],
  resourceServers: ['createdAt'],
  signingKeys: ['algorithm', 'generation'],
  users: ['email'],
  identities: ['userId'],
  sessions: ['userId', 'expiresAt'],
  links: ['email', 'expiresAt'],
  upstreamRequests: ['expiresAt'],
  authorizationRequests: ['expiresAt'],
  consents: ['userId', 'clientId', 'expiresAt'],
  grants: ['userId', 'clientId', 'neededUntil', 'revokedAt'],
  codes: ['grantId', 'expiresAt'],
  accessTokens: ['grantId', 'expiresAt'],
  refreshTokens: ['grantId', 'expiresAt'],
  idempotencyKeys: ['expiresAt'],
  attempts: ['expiresAt'],
  settings: [],
};

/** SQLite, opened and with its tables in place. Every statement is prepared once. */
export class OwnDatabase {
  #statements = new Map();

  /** @param {{ durable?: boolean }} [how] `durable`: a commit is on the disk before it is answered. */
  constructor(path, { durable = true } = {}) {
    this.sqlite = new Database(path);
    this.sqlite.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'}; PRAGMA busy_timeout = 2500`);
    for (const [table, columns] of Object.entries(tables)) {
      this.sqlite.exec(`CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, doc TEXT NOT NULL ${columns.map((name) => `, ${name}`).join('')})`);
      for (const name of columns) this.sqlite.exec(`CREATE INDEX IF NOT EXISTS ${table}_${name} ON ${table} (${name})`);
    }
    this.sqlite.exec('CREATE UNIQUE INDEX IF NOT EXISTS one_address ON users (email)');
    this.sqlite.exec('CREATE TABLE IF NOT EXISTS revocations (number INTEGER PRIMARY KEY AUTOINCREMENT, doc TEXT NOT NULL, expiresAt)');
    this.sqlite.exec('CREATE TABLE IF NOT EXISTS changes (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, key NOT NULL)');
  }

  /**
   * One step that is done or not done. `work` must not wait for anything: SQLite has one writer, and this process one thread, so nothing comes in between.
   * `IMMEDIATE` keeps another process out from the first read on.
   */
  async step(work) {
    try {
      this.run('BEGIN IMMEDIATE');
      try {
        const answer = work();
        this.run('COMMIT');
        return answer;
      } catch (error) {
        this.run('ROLLBACK');
        throw error;
      }
    } catch (error) {
      // A trigger of moving.js says so.
      if (error?.message?.includes('this store has moved')) throw new StoreMoved();
      throw /^SQLITE_(BUSY|IOERR|CANTOPEN|FULL|READONLY)/.test(error?.code ?? '') ? new StorageUnavailable(error) : error;
    }
  }

  find(table, id) {
    return recordOf(this.get(`SELECT doc FROM ${table} WHERE id = ?`, id));
  }

  /** Throws when the id is taken. */
  add(table, id, record) {
    const columns = tables[table];
    const places = ['?', '?', ...columns.map(() => '?')].join(', ');
    this.run(
      `INSERT INTO ${table} (id, doc ${columns.map((name) => `, ${name}`).join('')}) VALUES (${places})`,
      id,
      textOf(record),
      ...this.#values(table, record),
    );
  }

  put(table, id, record) {
    const sets = tables[table].map((name) => `, ${name} = ?`).join('');
    this.run(`UPDATE ${table} SET doc = ? ${sets} WHERE id = ?`, textOf(record), ...this.#values(table, record), id);
  }

  /** @returns {number} how many there were */
  delete(table, where, ...values) {
    return this.run(`DELETE FROM ${table} WHERE ${where}`, ...values).changes;
  }

  all(table, where, ...values) {
    return this.rows(`SELECT doc FROM ${table} WHERE ${where}`, ...values).map(recordOf);
  }

  rows(sql, ...values) {
    return this.#prepared(sql).all(...values.map(bound));
  }

  get(sql, ...values) {
    return this.#prepared(sql).get(...values.map(bound));
  }

  run(sql, ...values) {
    return this.#prepared(sql).run(...values.map(bound));
  }

  /** Inside a step, whose commit then takes a page of the disk. A number that nobody else uses is set to what it was: no table is touched, and whatever a move forbids does not concern it. */
  tryWriting() {
    this.run('PRAGMA user_version = 0');
  }

  close() {
    this.sqlite.close();
  }

  #values(table, record) {
    return tables[table].map((name) => record[name] ?? null);
  }

  #prepared(sql) {
    const known = this.#statements.get(sql) ?? this.sqlite.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }
}

/** A moment is kept in milliseconds, so that it compares as a number; a key that nobody asked for is found nowhere. */
function bound(value) {
  if (value instanceof Date) return value.getTime();
  return value === undefined ? '' : value;
}
