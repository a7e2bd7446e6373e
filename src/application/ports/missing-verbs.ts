import type { Storage } from './storage.js';

type Ports = Omit<Storage, 'expirables' | 'ping' | 'now' | 'close'>;

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
    revokeOwnTokens: true,
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
  consents: { find: true, give: true, forget: true },
  grants: { add: true, addUnder: true, find: true, need: true, revoke: true, revokeAll: true },
  authorizationCodes: { add: true, find: true, consume: true },
  accessTokens: { add: true, find: true, findWithUser: true, revoke: true },
  refreshTokens: { find: true, rotate: true, keep: true },
  connections: { listOf: true, find: true, grantsOf: true, reach: true },
  resourceServers: { add: true, find: true, update: true, remove: true, all: true, addSecret: true, removeSecret: true },
  signingKeys: { add: true, all: true, need: true, withdraw: true, removeUnneeded: true },
  usage: { record: true },
  idempotencyKeys: { begin: true, finish: true, forget: true },
  revocations: { latest: true, since: true, add: true, reach: true },
  notices: { subscribe: true },
};

/** Which verbs of which ports something lacks that is meant to be a store, by name (`users.add`): the compiler knows, and not everybody asks one. */
export function missingVerbs(storage: Partial<Record<string, unknown>> | null | undefined | Storage): string[] {
  const parts = (storage ?? {}) as Record<string, Record<string, unknown> | undefined>;
  const verbs = Object.entries(ports).flatMap(([port, known]) => Object.keys(known).map((verb) => ({ name: `${port}.${verb}`, member: parts[port]?.[verb] })));
  const own = ['ping', 'close'].map((name) => ({ name, member: parts[name] }));
  const missing = [...verbs, ...own].filter(({ member }) => typeof member !== 'function').map(({ name }) => name);
  return Array.isArray(parts.expirables) ? missing : [...missing, 'expirables'];
}
