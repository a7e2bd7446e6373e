import { pageOf } from './store.js';

const identityKey = ({ issuer, subject }) => JSON.stringify([issuer, subject]);

/** Few, and asked for rarely: no column of their own. */
const administrators = (database) => database.all('users', "json_extract(doc, '$.admin')");

const isLastAdministrator = (database, id) => {
  const active = administrators(database).filter(({ disabledAt }) => !disabledAt);
  return active.length === 1 && active[0].id === id;
};

export const users = (store) => ({
  add: (user) =>
    store.step((database) => {
      if (database.get('SELECT id FROM users WHERE email = ?', user.email)) return 'email_taken';
      database.add('users', user.id, user);
      return 'added';
    }),
  find: async (id) => store.database.find('users', id),
  findByEmail: async (email) => store.database.all('users', 'email = ?', email)[0] ?? null,
  setDisabled: (id, disabledAt, sparing) =>
    store.step((database) => {
      const user = database.find('users', id);
      if (!user || (sparing && isLastAdministrator(database, id))) return false;
      database.put('users', id, { ...user, disabledAt });
      const subject = { kind: 'user', userId: id };
      if (disabledAt && !user.disabledAt) store.log.note({ subject, at: disabledAt, reason: 'user_disabled' });
      if (!disabledAt && user.disabledAt) store.log.note({ subject, at: new Date(), reason: 'restored' });
      return true;
    }),
  promote: (id, first) =>
    store.step((database) => {
      const user = database.find('users', id);
      if (!user) return 'unknown';
      if (first && (user.disabledAt || administrators(database).length > 0)) return 'not_first';
      database.put('users', id, { ...user, admin: true });
      return 'promoted';
    }),
  demote: (id) =>
    store.step((database) => {
      const user = database.find('users', id);
      if (!user) return 'unknown';
      if (isLastAdministrator(database, id)) return 'last_administrator';
      database.put('users', id, { ...user, admin: false });
      return 'demoted';
    }),
  remove: (id) =>
    store.step((database) => {
      for (const table of ['sessions', 'identities', 'consents']) database.delete(table, 'userId = ?', id);
      return database.delete('users', 'id = ?', id) > 0;
    }),
  async list({ limit, after }) {
    if (after !== undefined && !store.database.find('users', after)) return { items: [], next: null };
    return pageOf(store.database.all('users', '?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2', after ?? null, limit + 1), limit);
  },
});

export const identities = (store) => ({
  async findUser(issuer, subject) {
    const identity = store.database.find('identities', identityKey({ issuer, subject }));
    return identity && store.database.find('users', identity.userId);
  },
  addWithUser: (identity, user) =>
    store.step((database) => {
      const known = database.find('identities', identityKey(identity));
      if (known) return { outcome: 'known', user: database.find('users', known.userId) };
      if (database.get('SELECT id FROM users WHERE email = ?', user.email)) return { outcome: 'email_taken' };
      database.add('users', user.id, user);
      database.add('identities', identityKey(identity), { ...identity, userId: user.id });
      return { outcome: 'added' };
    }),
  link: (identity) =>
    store.step((database) => {
      if (!database.find('users', identity.userId)) throw new Error(`there is no user ${identity.userId}`);
      const earlier = database.find('identities', identityKey(identity));
      if (!earlier) database.add('identities', identityKey(identity), identity);
      return earlier && earlier.userId !== identity.userId ? 'of_another' : 'linked';
    }),
  unlink: (userId, key, others) =>
    store.step((database) => {
      if (database.find('identities', identityKey(key))?.userId !== userId) return 'unknown';
      const left = database.all('identities', 'userId = ? AND id <> ?', userId, identityKey(key));
      const password = others.password && database.find('users', userId)?.passwordHash != null;
      if (!password && !left.some(({ issuer }) => others.issuers.includes(issuer))) return 'last_way';
      database.delete('identities', 'id = ?', identityKey(key));
      return 'unlinked';
    }),
  listOf: async (userId) => store.database.all('identities', 'userId = ?', userId).sort((one, other) => one.linkedAt - other.linkedAt),
});

export const passwords = (store) => ({
  keepLink: (link) =>
    store.step((database) => {
      database.delete('links', 'email = ?', link.email);
      database.add('links', link.id, link);
    }),
  findLink: async (id) => store.database.find('links', id),
  setByLink: (linkId, passwordHash) =>
    store.step((database) => {
      const link = database.find('links', linkId);
      if (!link || link.userId === null) return 'spent';
      database.delete('links', 'id = ?', linkId);
      const user = database.find('users', link.userId);
      if (!user) return 'spent';
      database.put('users', user.id, { ...user, passwordHash });
      database.delete('sessions', 'userId = ?', user.id);
      return 'set';
    }),
  addByLink: (linkId, user) =>
    store.step((database) => {
      const link = database.find('links', linkId);
      if (!link || link.userId !== null) return 'spent';
      database.delete('links', 'id = ?', linkId);
      if (database.get('SELECT id FROM users WHERE email = ?', user.email)) return 'email_taken';
      database.add('users', user.id, user);
      return 'added';
    }),
  change: ({ userId, from, to, exceptSession }) =>
    store.step((database) => {
      const user = database.find('users', userId);
      if (user?.passwordHash !== from) return 'outdated';
      database.put('users', userId, { ...user, passwordHash: to });
      database.delete('sessions', 'userId = ? AND id <> ?', userId, exceptSession);
      database.delete('links', 'email = ?', user.email);
      return 'changed';
    }),
});
