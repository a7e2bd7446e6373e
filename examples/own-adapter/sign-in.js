import { createHash } from 'node:crypto';
import { pageOf } from './store.js';

export const sessions = (store) => ({
  add: (session, passwordHash) =>
    store.step((database) => {
      const user = database.find('users', session.userId);
      if (!user || user.disabledAt || (passwordHash !== undefined && user.passwordHash !== passwordHash)) return false;
      database.add('sessions', session.id, session);
      return true;
    }),
  find: async (id) => store.database.find('sessions', id),
  touch: (id, lastSeenAt, expiresAt) =>
    store.step((database) => {
      const session = database.find('sessions', id);
      if (session && session.lastSeenAt < lastSeenAt) database.put('sessions', id, { ...session, lastSeenAt, expiresAt });
    }),
  async listOf(userId, now, { limit, after }) {
    const where = 'userId = ?1 AND expiresAt > ?2 AND (?3 IS NULL OR id < ?3) ORDER BY id DESC LIMIT ?4';
    return pageOf(store.database.all('sessions', where, userId, now, after ?? null, limit + 1), limit);
  },
  end: (id) => store.step((database) => void database.delete('sessions', 'id = ?', id)),
  endOneOf: (userId, id) => store.step((database) => database.delete('sessions', 'userId = ? AND id = ?', userId, id) > 0),
  endAllOf: (userId, except) => store.step((database) => database.delete('sessions', 'userId = ?1 AND (?2 IS NULL OR id <> ?2)', userId, except)),
});

export const upstreamRequests = (store) => ({
  add: (request) => store.step((database) => database.add('upstreamRequests', request.id, request)),
  take: (id) =>
    store.step((database) => {
      const request = database.find('upstreamRequests', id);
      database.delete('upstreamRequests', 'id = ?', id);
      return request;
    }),
});

/** Counted from the first attempt on, by the time of this machine. */
export const attempts = (store) => {
  const keyOf = ({ name }, subject) =>
    createHash('sha256')
      .update(JSON.stringify([name, subject]))
      .digest('hex');
  return {
    take: (budget, subject) =>
      store.step((database) => {
        const [key, now] = [keyOf(budget, subject), Date.now()];
        const known = database.find('attempts', key);
        const live = known && known.expiresAt.getTime() > now ? known : null;
        const [before, expiresAt] = [live?.count ?? 0, live?.expiresAt ?? new Date(now + budget.seconds * 1000)];
        database.delete('attempts', 'id = ?', key);
        database.add('attempts', key, { count: before + 1, expiresAt });
        if (before < budget.attempts) return { outcome: 'taken' };
        return { outcome: 'exhausted', retryAfter: Math.max(1, Math.ceil((expiresAt.getTime() - now) / 1000)) };
      }),
    giveBack: (budget, subject) =>
      store.step((database) => {
        const key = keyOf(budget, subject);
        const known = database.find('attempts', key);
        if (known && known.count > 0) database.put('attempts', key, { ...known, count: known.count - 1 });
      }),
  };
};

export const idempotencyKeys = (store) => {
  const keyOf = (id) => Buffer.from(id).toString('hex');
  return {
    begin: ({ id, fingerprint, at, expiresAt }) =>
      store.step((database) => {
        const known = database.find('idempotencyKeys', keyOf(id));
        if (!known || known.expiresAt <= at) {
          database.delete('idempotencyKeys', 'id = ?', keyOf(id));
          database.add('idempotencyKeys', keyOf(id), { fingerprint, sealedAnswer: null, expiresAt });
          return { outcome: 'fresh' };
        }
        if (Buffer.compare(known.fingerprint, fingerprint) !== 0) return { outcome: 'other_request' };
        return known.sealedAnswer === null ? { outcome: 'running' } : { outcome: 'done', sealedAnswer: known.sealedAnswer };
      }),
    finish: (id, sealedAnswer, expiresAt) =>
      store.step((database) => {
        const known = database.find('idempotencyKeys', keyOf(id));
        if (known && known.sealedAnswer === null) database.put('idempotencyKeys', keyOf(id), { ...known, sealedAnswer, expiresAt });
      }),
    forget: (id) =>
      store.step((database) => {
        if (database.find('idempotencyKeys', keyOf(id))?.sealedAnswer === null) database.delete('idempotencyKeys', 'id = ?', keyOf(id));
      }),
  };
};
