import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { authorizationRequests, connections, consents, grants } from './authorization.js';
import { clients, usage } from './clients.js';
import { OwnDatabase } from './database.js';
import { expirables } from './expirables.js';
import { arriving, leaving } from './moving.js';
import { identities, passwords, users } from './people.js';
import { resourceServers, signingKeys } from './resources.js';
import { RevocationLog } from './revocation-log.js';
import { attempts, idempotencyKeys, sessions, upstreamRequests } from './sign-in.js';
import { Store } from './store.js';
import { accessTokens, authorizationCodes, refreshTokens } from './tokens.js';

/**
 * A store in one file, for one instance of Keywright: word of a change goes no further than this process.
 *
 * @type {import('keywright/storage').StorageModule['createStorage']}
 */
export function createStorage({ env, dataDir }) {
  const file = env.SQLITE_FILE || join(dataDir, 'keywright.sqlite');
  mkdirSync(dirname(file), { recursive: true });
  return storageIn(new OwnDatabase(file));
}

/** @returns {import('keywright/storage').Storage} */
export function storageIn(database) {
  const log = new RevocationLog(database);
  const store = new Store(database, log);
  return {
    clients: clients(store),
    users: users(store),
    identities: identities(store),
    upstreamRequests: upstreamRequests(store),
    sessions: sessions(store),
    attempts: attempts(store),
    passwords: passwords(store),
    authorizationRequests: authorizationRequests(store),
    consents: consents(store),
    grants: grants(store),
    authorizationCodes: authorizationCodes(store),
    accessTokens: accessTokens(store),
    refreshTokens: refreshTokens(store),
    connections: connections(store),
    resourceServers: resourceServers(store),
    signingKeys: signingKeys(store),
    usage: usage(store),
    idempotencyKeys: idempotencyKeys(store),
    revocations: log,
    notices: log.notices,
    expirables: expirables(store),
    arriving: arriving(database),
    leaving: leaving(database),
    ping: () => store.step((sqlite) => sqlite.tryWriting()),
    close: async () => database.close(),
  };
}
