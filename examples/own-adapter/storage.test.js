import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStorage } from 'keywright/adapter-kit';
import { OwnDatabase } from './database.js';
import { storageIn } from './storage.js';

const stores = new Map();

function opened(folder) {
  const database = new OwnDatabase(join(folder, 'keywright.sqlite'), { durable: false });
  const storage = storageIn(database);
  stores.set(storage, { database, folder });
  return storage;
}

describeStorage('the adapter for SQLite', {
  create: async () => opened(mkdtempSync(join(tmpdir(), 'keywright-sqlite-'))),
  async destroy(storage) {
    await storage.close();
    rmSync(stores.get(storage).folder, { recursive: true });
  },
  async reopen(storage) {
    await storage.close();
    return opened(stores.get(storage).folder);
  },
  moves: true,
  failWrite(storage, nth) {
    const { database } = stores.get(storage);
    let writes = 0;
    const run = database.run;
    database.run = (sql, ...values) => {
      if (/^(INSERT|UPDATE|DELETE)/.test(sql) && ++writes === nth) throw new Error('the disk is full');
      return run.call(database, sql, ...values);
    };
    return () => {
      database.run = run;
      return writes >= nth;
    };
  },
});
