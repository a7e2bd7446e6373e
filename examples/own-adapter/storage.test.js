import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStorage } from 'keywright/adapter-kit';
import { OwnDatabase } from './database.js';
import { storageIn } from './storage.js';

const stores = new Map();

describeStorage('the adapter for SQLite', {
  async create() {
    const folder = mkdtempSync(join(tmpdir(), 'keywright-sqlite-'));
    const database = new OwnDatabase(join(folder, 'keywright.sqlite'), { durable: false });
    const storage = storageIn(database);
    stores.set(storage, { database, folder });
    return storage;
  },
  async destroy(storage) {
    await storage.close();
    rmSync(stores.get(storage).folder, { recursive: true });
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
