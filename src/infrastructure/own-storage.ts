import { setTimeout } from 'node:timers/promises';
import type { Storage } from '../application/ports/storage.js';
import type { StorageModule, StorageSurroundings } from '../application/ports/storage-module.js';
import { StorageUnavailable } from '../application/ports/storage-unavailable.js';
import { NoDatabase } from './embedded-postgres/no-database.js';
import { firstLine, loadFunction, ModuleError } from './load-module.js';

/** A path to a module of the team's own. */
export type OwnStorage = `.${string}` | `/${string}`;

/** Milliseconds that a store which is refused has for closing. */
const closingTime = 3000;

export const isOwnStorage = (storage: string): storage is OwnStorage => /^\.{0,2}\//.test(storage);

type Ports = Omit<Storage, 'expirables' | 'ping' | 'close'>;

/** Every port with its verbs; the compiler sees to it that none is left out. */
const ports: { readonly [Port in keyof Ports]: Readonly<Record<keyof Ports[Port], true>> } = {
  clients: {
    add: true,
    find: true,
    update: true,
    setDisabled: true,
    disableWithOwner: true,
    enableWithOwner: true,
    remove: true,
    list: true,
    addSecret: true,
    removeSecret: true,
  },
  users: { add: true, find: true, findByEmail: true, setDisabled: true, promote: true, demote: true, remove: true, list: true },
  identities: { findUser: true, addWithUser: true, link: true, unlink: true, listOf: true },
  upstreamRequests: { add: true, take: true },
  sessions: { add: true, find: true, touch: true, listOf: true, end: true, endOneOf: true, endAllOf: true },
  attempts: { take: true, giveBack: true },
  passwords: { keepLink: true, findLink: true, setByLink: true, addByLink: true, change: true },
  authorizationRequests: { add: true, find: true, chooseAccount: true, decide: true },
  consents: { find: true, give: true, withdraw: true },
  grants: { add: true, addUnder: true, find: true, need: true, revoke: true, revokeAll: true },
  authorizationCodes: { add: true, find: true, consume: true },
  accessTokens: { add: true, find: true, findWithUser: true, revoke: true },
  refreshTokens: { find: true, rotate: true, keep: true },
  connections: { list: true, find: true, grantsOf: true, reach: true },
  resourceServers: { add: true, find: true, update: true, remove: true, all: true, addSecret: true, removeSecret: true },
  signingKeys: { add: true, all: true, need: true, withdraw: true, removeUnneeded: true },
  usage: { record: true },
  idempotencyKeys: { begin: true, finish: true, forget: true },
  revocations: { latest: true, since: true, add: true, reach: true },
  notices: { subscribe: true },
};

/** The store that a module of the team's own makes. Throws `ModuleError`, and what the module was told of the database that it asked for: `StorageUnavailable`, `NoDatabase`. */
export async function openOwnStorage(path: OwnStorage, surroundings: StorageSurroundings): Promise<Storage> {
  const createStorage = (await loadFunction('STORAGE', path, 'createStorage')) as StorageModule['createStorage'];
  const storage = await made(path, () => createStorage(surroundings));
  const missing = missingFrom(storage);
  if (missing.length === 0) return storage;
  await closeRefused(storage);
  throw new ModuleError(`what createStorage of STORAGE ${path} made is no store: it has no ${missing.join(', ')}`);
}

/** Or its connections would keep the process from ending. It is told of what is missing, whatever comes of this. */
async function closeRefused(storage: Partial<Storage> | null | undefined): Promise<void> {
  if (typeof storage?.close !== 'function') return;
  const { close } = storage;
  const closed = new AbortController();
  const closing = (async () => close.call(storage))().catch(() => undefined);
  await Promise.race([closing, setTimeout(closingTime, undefined, closed)]);
  closed.abort();
}

async function made(path: OwnStorage, make: () => Storage | Promise<Storage>): Promise<Storage> {
  try {
    return await make();
  } catch (cause) {
    if (cause instanceof StorageUnavailable || cause instanceof NoDatabase) throw cause;
    throw new ModuleError(`createStorage of STORAGE ${path} failed: ${firstLine(cause)}`, { cause });
  }
}

function missingFrom(storage: Partial<Record<string, unknown>> | null | undefined | Storage): string[] {
  const parts = (storage ?? {}) as Record<string, Record<string, unknown> | undefined>;
  const verbs = Object.entries(ports).flatMap(([port, known]) => Object.keys(known).map((verb) => ({ name: `${port}.${verb}`, member: parts[port]?.[verb] })));
  const own = ['ping', 'close'].map((name) => ({ name, member: parts[name] }));
  const missing = [...verbs, ...own].filter(({ member }) => typeof member !== 'function').map(({ name }) => name);
  return Array.isArray(parts.expirables) ? missing : [...missing, 'expirables'];
}
