import { firstUuid7, mostSecrets } from 'keywright/storage';
import { pageOf } from './store.js';

export const clients = (store) => {
  const { database, log } = store;
  const living = (id) => {
    const client = database.find('clients', id);
    return client && client.removedAt === null ? client : null;
  };
  /** A client as the ports know it: with its secrets, the oldest first, and without what is only kept here. */
  const whole = ({ removedAt: _, ...client }) => ({ ...client, secrets: database.all('secrets', 'clientId = ? ORDER BY id', client.id) });
  const write = (client) => {
    database.put('clients', client.id, client);
    log.changed(client.id);
  };
  const setDisabled = (client, disabled) => {
    write({ ...client, disabledAt: disabled?.at ?? null, disabledBy: disabled?.by ?? null });
    const subject = { kind: 'client', clientId: client.id };
    if (disabled && !client.disabledAt) log.note({ subject, at: disabled.at, reason: 'client_disabled' });
    if (!disabled && client.disabledAt) log.note({ subject, at: new Date(), reason: 'restored' });
  };
  const switchAll = (ownerId, which, to) =>
    store.step(() => {
      const found = database.all('clients', 'ownerId = ? AND removedAt IS NULL', ownerId).filter(which);
      for (const client of found) setDisabled(client, to);
      return found.length;
    });

  return {
    add: ({ secrets, ...client }) =>
      store.step(() => {
        if (database.find('clients', client.id)) return 'taken';
        database.add('clients', client.id, { ...client, removedAt: null });
        for (const secret of secrets) database.add('secrets', secret.id, secret);
        log.changed(client.id);
        return 'added';
      }),
    async find(id) {
      const client = living(id);
      return client && whole(client);
    },
    update: ({ secrets: _, ...edited }) =>
      store.step(() => {
        const client = living(edited.id);
        if (!client) return 'unknown';
        if (client.version !== edited.version) return 'outdated';
        const { ownerId, createdAt, disabledAt, disabledBy, ownTokensRevokedAt, version, removedAt } = client;
        write({ ...edited, ownerId, createdAt, disabledAt, disabledBy, ownTokensRevokedAt, removedAt, version: version + 1 });
        return 'updated';
      }),
    setDisabled: (id, disabled, sparing) =>
      store.step(() => {
        const client = living(id);
        if (!client || (sparing !== undefined && client.disabledAt !== null && client.disabledBy !== 'owner')) return false;
        setDisabled(client, disabled);
        return true;
      }),
    disableWithOwner: (ownerId, at) => switchAll(ownerId, ({ disabledAt }) => disabledAt === null, { at, by: 'with_owner' }),
    enableWithOwner: (ownerId) => switchAll(ownerId, ({ disabledBy }) => disabledBy === 'with_owner', null),
    remove: (id, at) =>
      store.step(() => {
        const client = living(id);
        if (!client) return false;
        // The row stays, so that what it still holds is known to have ended.
        write({ ...client, removedAt: at });
        database.delete('secrets', 'clientId = ?', id);
        database.delete('consents', 'clientId = ?', id);
        const revoked = { at, reason: 'revoked_by_operator' };
        log.note({ subject: { kind: 'client', clientId: id }, ...revoked });
        store.revokeGrants({ clientId: id }, revoked);
        return true;
      }),
    revokeOwnTokens: (id, at) =>
      store.step(() => {
        const client = living(id);
        if (!client) return null;
        const before = client.ownTokensRevokedAt;
        // An id begins with when it was issued: what is looked through is what a clock dated that is ahead.
        const own = database.all('accessTokens', 'id >= ?', firstUuid7(at)).filter(({ clientId, grantId }) => clientId === id && grantId === null);
        const until = [at, before ?? at, ...own.map(({ issuedAt }) => issuedAt)].reduce((latest, one) => (one > latest ? one : latest));
        if (before !== null && until <= before) return before;
        write({ ...client, ownTokensRevokedAt: until });
        log.note({ subject: { kind: 'own_tokens', clientId: id }, at: until, reason: 'revoked_by_operator' });
        return until;
      }),
    async list(filter, { limit, after }) {
      const start = after === undefined ? null : database.find('clients', after);
      if (after !== undefined && start === null) return { items: [], next: null };
      const owned = 'ownerId' in filter ? 'ownerId = ?1' : '?1 IS NULL';
      // Time comes first and the id only settles a tie: client ids are random.
      const where = `removedAt IS NULL AND ${owned} AND (?2 IS NULL OR createdAt < ?2 OR (createdAt = ?2 AND id < ?3)) ORDER BY createdAt DESC, id DESC LIMIT ?4`;
      const owner = 'ownerId' in filter ? (filter.ownerId ?? '') : null;
      return pageOf(database.all('clients', where, owner, start?.createdAt ?? null, start?.id ?? null, limit + 1).map(whole), limit);
    },
    addSecret: (secret) =>
      store.step(() => {
        if (!living(secret.clientId)) return 'unknown';
        if (database.all('secrets', 'clientId = ?', secret.clientId).length >= mostSecrets) return 'full';
        database.add('secrets', secret.id, secret);
        log.changed(secret.clientId);
        return 'added';
      }),
    removeSecret: (clientId, secretId) =>
      store.step(() => {
        const removed = database.delete('secrets', 'clientId = ? AND id = ?', clientId, secretId) > 0;
        if (removed) log.changed(clientId);
        return removed;
      }),
  };
};

export const usage = (store) => ({
  record: ({ secrets, grants }) =>
    store.step((database) => {
      for (const { secretId, at, from } of secrets) {
        const secret = database.find('secrets', secretId);
        if (secret && !(secret.lastUsed?.at > at)) database.put('secrets', secretId, { ...secret, lastUsed: { at, from } });
      }
      for (const { grantId, at, scopes } of grants) {
        const grant = database.find('grants', grantId);
        if (!grant) continue;
        const lastUsedAt = grant.lastUsedAt > at ? grant.lastUsedAt : at;
        database.put('grants', grantId, { ...grant, lastUsedAt, usedScopes: [...new Set([...grant.usedScopes, ...scopes])] });
      }
    }),
});
