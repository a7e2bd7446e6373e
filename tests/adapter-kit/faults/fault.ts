import type { StorageHarness } from '../../../src/adapter-kit/storage-harness.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { type MemoryTables, memoryTables } from '../../../src/infrastructure/memory/memory-tables.js';

/** A deliberately wrong adapter, made of the memory adapter. */
export interface Fault {
  /** What is wrong with it. */
  readonly fault: string;
  /** The rule that must be broken: its name, or the beginning of it, below the port's. */
  readonly port: string;
  readonly rule: string;
  create(): Storage;
  /** Where the fault shows only in what else the harness is asked for. */
  readonly hooks?: Partial<StorageHarness>;
}

type Parts = { [Port in keyof Storage]?: Partial<Storage[Port]> };

/** The memory adapter with some verbs replaced. */
export function wrong(replaced: (storage: Storage, tables: MemoryTables) => Parts): () => Storage {
  return () => {
    const tables = memoryTables();
    const storage = createMemoryStorage(tables);
    const parts = replaced(storage, tables) as Record<string, object>;
    const faulty = Object.entries(parts).map(([port, verbs]) => [port, replacing(storage[port as keyof Storage] as object, verbs)]);
    return { ...storage, ...(Object.fromEntries(faulty) as Partial<Storage>) };
  };
}

function replacing<Port extends object>(port: Port, verbs: object): Port {
  if (Array.isArray(verbs)) return verbs as unknown as Port;
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(Reflect.has(verbs, name) ? verbs : target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

/** What other calls use to come in between. */
export const aMoment = () => new Promise<void>((resolve) => setImmediate(resolve));
