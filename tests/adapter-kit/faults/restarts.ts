import type { Storage } from '../../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { type MemoryTables, memoryTables } from '../../../src/infrastructure/memory/memory-tables.js';
import type { Fault } from './fault.js';

const kept = new WeakMap<Storage, MemoryTables>();

function storeOn(tables: MemoryTables, attempts?: Storage['attempts']): Storage {
  const storage = { ...createMemoryStorage(tables), ...(attempts && { attempts }) };
  kept.set(storage, tables);
  return storage;
}

/** What keeps its tables, but for what is done to them when it is opened again. */
const opened = (wrong: (tables: MemoryTables) => void) => async (storage: Storage) => {
  const tables = kept.get(storage) ?? memoryTables();
  wrong(tables);
  return storeOn(tables, storage.attempts);
};

const create = () => storeOn(memoryTables());

function emptied(tables: MemoryTables): void {
  for (const table of Object.values(tables)) if (table instanceof Map) table.clear();
}

/** Stores that are not there any more, or not as they were, when the server is started again. */
export const restartFaults: readonly Fault[] = [
  {
    fault: 'forgets everything when it is opened again',
    port: 'opened again',
    rule: 'finds everything that was kept when it was closed and is opened again',
    create,
    hooks: { reopen: opened(emptied) },
  },
  {
    fault: 'empties its tables when another instance opens them',
    port: 'opened again',
    rule: 'finds everything that was kept when it is opened again beside the one that wrote it',
    create,
    hooks: { openAgain: opened(emptied) },
  },
  {
    fault: 'counts the places of its log from nothing when it is opened again',
    port: 'opened again',
    rule: 'finds everything that was kept when it was closed and is opened again',
    create,
    hooks: { reopen: opened((tables) => Object.assign(tables, { revocationsAdded: 0 })) },
  },
  {
    fault: 'keeps sessions in the process',
    port: 'opened again',
    rule: 'finds everything that was kept when it was closed and is opened again',
    create,
    hooks: { reopen: opened(({ sessions }) => sessions.clear()) },
  },
];
