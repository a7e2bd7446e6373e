import type { Storage } from './storage.js';

type Ports = Omit<Storage, 'expirables' | 'ping' | 'now' | 'close'>;

/** Whether a verb can change what the store keeps. */
export type Doing = 'reads' | 'writes';

/** Every port with its verbs, and what each does; the compiler sees to it that none is left out. */
export const verbs: { readonly [Port in keyof Ports]: Readonly<Record<keyof Ports[Port], Doing>> } = {
  clients: {
    add: 'writes',
    find: 'reads',
    update: 'writes',
    setDisabled: 'writes',
    disableWithOwner: 'writes',
    enableWithOwner: 'writes',
    remove: 'writes',
    revokeOwnTokens: 'writes',
    list: 'reads',
    addSecret: 'writes',
    removeSecret: 'writes',
  },
  users: { add: 'writes', find: 'reads', findByEmail: 'reads', setDisabled: 'writes', promote: 'writes', demote: 'writes', remove: 'writes', list: 'reads' },
  identities: { findUser: 'reads', addWithUser: 'writes', link: 'writes', unlink: 'writes', listOf: 'reads' },
  upstreamRequests: { add: 'writes', take: 'writes' },
  sessions: { add: 'writes', find: 'reads', touch: 'writes', listOf: 'reads', end: 'writes', endOneOf: 'writes', endAllOf: 'writes' },
  attempts: { take: 'writes', giveBack: 'writes' },
  passwords: { keepLink: 'writes', findLink: 'reads', setByLink: 'writes', addByLink: 'writes', change: 'writes' },
  authorizationRequests: { add: 'writes', find: 'reads', chooseAccount: 'writes', decide: 'writes' },
  consents: { find: 'reads', give: 'writes', forget: 'writes' },
  grants: { add: 'writes', addUnder: 'writes', find: 'reads', need: 'writes', revoke: 'writes', revokeAll: 'writes' },
  authorizationCodes: { add: 'writes', find: 'reads', consume: 'writes' },
  accessTokens: { add: 'writes', find: 'reads', findWithUser: 'reads', revoke: 'writes' },
  refreshTokens: { find: 'reads', rotate: 'writes', keep: 'writes' },
  connections: { listOf: 'reads', find: 'reads', grantsOf: 'reads', reach: 'reads' },
  resourceServers: { add: 'writes', find: 'reads', update: 'writes', remove: 'writes', all: 'reads', addSecret: 'writes', removeSecret: 'writes' },
  signingKeys: { add: 'writes', all: 'reads', need: 'writes', withdraw: 'writes', removeUnneeded: 'writes' },
  usage: { record: 'writes' },
  idempotencyKeys: { begin: 'writes', finish: 'writes', forget: 'writes' },
  revocations: { latest: 'reads', since: 'reads', add: 'writes', reach: 'writes' },
  notices: { subscribe: 'reads' },
};
