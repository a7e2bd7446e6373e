import { isDeepStrictEqual } from 'node:util';
import { consentAfter } from 'keywright/storage';
import { pageOf } from './store.js';

const consentKey = (userId, clientId) => JSON.stringify([userId, clientId]);

export const authorizationRequests = (store) => ({
  add: (request) => store.step((database) => database.add('authorizationRequests', request.id, request)),
  find: async (id) => store.database.find('authorizationRequests', id),
  chooseAccount: (id, userId) =>
    store.step((database) => {
      const request = database.find('authorizationRequests', id);
      if (request) database.put('authorizationRequests', id, { ...request, chosenBy: userId });
    }),
  decide: (id, decision) =>
    store.step((database) => {
      const request = database.find('authorizationRequests', id);
      if (!request) return null;
      if (request.decision) return { outcome: 'earlier', earlier: request.decision };
      database.put('authorizationRequests', id, { ...request, decision });
      return { outcome: 'decided' };
    }),
});

export const consents = (store) => ({
  find: async (userId, clientId) => store.database.find('consents', consentKey(userId, clientId)),
  give: (consent) =>
    store.step((database) => {
      const key = consentKey(consent.userId, consent.clientId);
      const earlier = database.find('consents', key);
      if (earlier) database.put('consents', key, consentAfter(earlier, consent));
      else database.add('consents', key, consent);
    }),
  forget: (of, givenUntil) =>
    store.step((database) => {
      const where = Object.keys(of).map((name) => `${name} = ?`);
      const found = database.all('consents', where.join(' AND '), ...Object.values(of));
      const meant = found.filter(({ givenAt }) => givenUntil === undefined || givenAt <= givenUntil);
      for (const { userId, clientId } of meant) database.delete('consents', 'id = ?', consentKey(userId, clientId));
      return meant.length;
    }),
});

/** A grant as the ports know it. */
const shown = (row) => {
  if (row === null) return null;
  const { neededUntil: _, revokedAt: __, ...grant } = row;
  return grant;
};

export const grants = (store) => {
  const add = (database, grant) => database.add('grants', grant.id, { ...grant, neededUntil: grant.createdAt, revokedAt: grant.revoked?.at ?? null });
  return {
    add: (grant) => store.step((database) => add(database, grant)),
    addUnder: (consent, grant) =>
      store.step((database) => {
        if (!isDeepStrictEqual(database.find('consents', consentKey(consent.userId, consent.clientId)), consent)) return false;
        add(database, grant);
        return true;
      }),
    find: async (id) => shown(store.database.find('grants', id)),
    need: (id, until) => store.step(() => store.need(id, until)),
    revoke: (id, reason, at) => store.step(() => store.revokeGrant(id, { at, reason })),
    revokeAll: (of, reason, at) => {
      // A key that is there but empty is one that nobody has, not any.
      const filter = Object.fromEntries(Object.entries(of).map(([name, key]) => [name, key ?? '']));
      return store.step(() => store.revokeGrants(filter, { at, reason }));
    },
  };
};

export const connections = (store) => {
  const { database } = store;
  const living = (id) => {
    const client = database.find('clients', id);
    return client && client.removedAt === null ? client : null;
  };
  const live = (at, where, ...values) =>
    database.all('grants', `${where} AND revokedAt IS NULL AND neededUntil > ? ORDER BY id DESC`, ...values, at).filter(({ clientId }) => living(clientId));
  const connectionsOf = (at, where, ...values) => {
    const found = live(at, where, ...values);
    const agreed = database.all('consents', `${where} AND (expiresAt IS NULL OR expiresAt > ?)`, ...values, at);
    return [...new Set([...found, ...agreed].map(({ clientId }) => clientId))].sort().flatMap((id) => {
      const [client, given] = [living(id), found.filter(({ clientId }) => clientId === id)];
      if (given.length > 0) return connectionOf(client, given);
      return client?.consent === 'ask' ? agreed.filter(({ clientId }) => clientId === id).map((consent) => rememberedOf(client, consent)) : [];
    });
  };
  return {
    async listOf(userId, at, { limit, after = { live: true, clientId: '' } }) {
      const all = connectionsOf(at, 'userId = ?', userId);
      const ordered = [...all.filter(({ live }) => live), ...all.filter(({ live }) => !live)];
      const left = ordered.filter(({ live, client }) => (live === after.live ? client.id > after.clientId : after.live));
      return pageOf(left, limit, ({ live, client }) => ({ live, clientId: client.id }));
    },
    find: async (userId, clientId, at) => connectionsOf(at, 'userId = ? AND clientId = ?', userId, clientId)[0] ?? null,
    async grantsOf(clientId, at, { limit, after }) {
      const found = live(at, 'clientId = ?', clientId).filter(({ id }) => after === undefined || id < after);
      return pageOf(found.map(shown), limit);
    },
    async reach(clientId, at, most) {
      const all = live(at, 'clientId = ?', clientId);
      const counted = all.slice(0, most);
      return { people: new Set(counted.map(({ userId }) => userId)).size, grants: counted.length, more: all.length > most };
    },
  };
};

const seenOf = ({ id, name, description, homepageUri, logoUri, disabledAt }) => ({ id, name, description, homepageUri, logoUri, disabledAt });

const rememberedOf = (client, { scopes, givenAt, expiresAt }) => ({
  client: seenOf(client),
  live: false,
  scopes: [...scopes].sort(),
  since: givenAt,
  lastUsedAt: null,
  usedScopes: [],
  expiresAt,
});

function connectionOf(client, grants) {
  const unique = (scopes) => [...new Set(scopes)].sort();
  const latest = (moments) => (moments.length === 0 ? null : new Date(Math.max(...moments)));
  const ends = grants.map(({ expiresAt }) => expiresAt);
  return {
    client: seenOf(client),
    live: true,
    scopes: unique(grants.flatMap(({ scopes }) => scopes)),
    since: new Date(Math.min(...grants.map(({ createdAt }) => createdAt))),
    lastUsedAt: latest(grants.flatMap(({ lastUsedAt }) => lastUsedAt ?? [])),
    usedScopes: unique(grants.flatMap(({ usedScopes }) => usedScopes)),
    expiresAt: ends.includes(null) ? null : latest(ends),
  };
}
