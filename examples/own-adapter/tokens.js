import { endOfToken } from 'keywright/storage';

export const authorizationCodes = (store) => ({
  add: (code) =>
    store.step((database) => {
      database.add('codes', code.id, { ...code, consumed: false });
      store.need(code.grantId, code.expiresAt);
    }),
  async find(id) {
    const row = store.database.find('codes', id);
    if (row === null) return null;
    const { consumed: _, ...code } = row;
    return code;
  },
  consume: ({ id, at, accessToken, refreshToken }) =>
    store.step((database) => {
      const code = database.find('codes', id);
      if (!code) return 'unknown';
      if (code.consumed) {
        store.revokeGrant(code.grantId, { at, reason: 'code_replayed' });
        return 'replayed';
      }
      if (store.isOver(code)) return 'revoked';
      if (code.expiresAt <= at) return 'expired';
      database.put('codes', id, { ...code, consumed: true });
      database.add('accessTokens', accessToken.id, { ...accessToken, revoked: null });
      if (refreshToken) database.add('refreshTokens', refreshToken.id, { ...refreshToken, rotation: null });
      store.need(code.grantId, accessToken.expiresAt, ...(refreshToken ? [refreshToken.absoluteExpiresAt] : []));
      return 'consumed';
    }),
});

export const accessTokens = (store) => {
  const endOf = ({ revoked, ...token }) =>
    endOfToken(token, revoked ?? store.endingOf(token), store.database.find('clients', token.clientId)?.ownTokensRevokedAt ?? null);
  const find = (id) => {
    const row = store.database.find('accessTokens', id);
    if (row === null) return null;
    const { revoked: _, ...token } = row;
    return { ...token, ended: endOf(row) };
  };
  return {
    add: (token) => store.step((database) => database.add('accessTokens', token.id, { ...token, revoked: null })),
    find: async (id) => find(id),
    async findWithUser(id) {
      const token = find(id);
      const found = token === null || token.userId === null ? null : store.database.find('users', token.userId);
      if (found === null) return token && { token, user: null };
      const { email, username, admin, disabledAt } = found;
      return { token, user: { id: found.id, email, username, admin, disabledAt } };
    },
    revoke: (id, reason, at) =>
      store.step((database) => {
        const row = database.find('accessTokens', id);
        if (!row || endOf(row)) return;
        database.put('accessTokens', id, { ...row, revoked: { at, reason } });
        store.log.note({ subject: { kind: 'token', tokenId: id }, at, until: row.expiresAt, reason });
      }),
  };
};

export const refreshTokens = (store) => {
  /** Why the token is not used; `null` when it is. */
  const refusal = (row, at) => {
    if (!row) return { outcome: 'unknown' };
    if (store.isOver(row)) return { outcome: 'revoked' };
    if (!row.rotation) return row.expiresAt <= at ? { outcome: 'expired' } : null;
    if (row.rotation.repeatableUntil > at) return { outcome: 'repeated', sealedAnswer: row.rotation.sealedAnswer };
    store.revokeGrant(row.grantId, { at, reason: 'refresh_token_reused' });
    return { outcome: 'reused' };
  };
  return {
    async find(id) {
      const row = store.database.find('refreshTokens', id);
      if (row === null) return null;
      const { rotation, ...token } = row;
      return { ...token, rotatedAt: rotation?.at ?? null, ended: store.endingOf(token) };
    },
    rotate: ({ id, at, successor, accessToken, sealedAnswer, repeatableUntil }) =>
      store.step((database) => {
        const row = database.find('refreshTokens', id);
        const refused = refusal(row, at);
        if (refused) return refused;
        database.put('refreshTokens', id, { ...row, rotation: { at, sealedAnswer, repeatableUntil } });
        database.add('refreshTokens', successor.id, { ...successor, rotation: null });
        database.add('accessTokens', accessToken.id, { ...accessToken, revoked: null });
        return { outcome: 'rotated' };
      }),
    keep: ({ id, at, expiresAt, accessToken }) =>
      store.step((database) => {
        const row = database.find('refreshTokens', id);
        const refused = refusal(row, at);
        if (refused) return refused;
        database.put('refreshTokens', id, { ...row, expiresAt });
        database.add('accessTokens', accessToken.id, { ...accessToken, revoked: null });
        return { outcome: 'kept' };
      }),
  };
};
