import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { type Fault, wrong } from './fault.js';

/** The wrong answer, or the right one without what it promises. */
export const outcomeFaults: readonly Fault[] = [
  {
    fault: 'forgets the grant on a replay',
    port: 'authorization codes',
    rule: 'revokes the grant of a code that is consumed twice',
    create: wrong(({ authorizationCodes }, tables) => ({
      authorizationCodes: {
        consume: async (consumption) => (tables.authorizationCodes.get(consumption.id)?.consumed ? 'replayed' : authorizationCodes.consume(consumption)),
      },
    })),
  },
  {
    fault: 'forgets the family on reuse',
    port: 'refresh tokens that rotate',
    rule: 'revokes the grant of a token that is reused from the end of its grace window on',
    create: wrong(({ refreshTokens }, tables) => ({
      refreshTokens: {
        async rotate(rotation) {
          const row = tables.refreshTokens.get(rotation.id);
          if (row?.rotation && row.rotation.repeatableUntil <= rotation.at) return { outcome: 'reused' };
          return refreshTokens.rotate(rotation);
        },
      },
    })),
  },
  {
    fault: 'compares dates as strings',
    port: 'authorization codes',
    rule: 'consumes a millisecond before it expires, and no later',
    create: wrong(({ authorizationCodes }) => ({
      authorizationCodes: {
        async consume(consumption) {
          const code = await authorizationCodes.find(consumption.id);
          return code && String(code.expiresAt) <= String(consumption.at) ? 'expired' : authorizationCodes.consume(consumption);
        },
      },
    })),
  },
  {
    fault: 'lets a token live through the moment at which it expires',
    port: 'refresh tokens that are kept',
    rule: 'keeps a millisecond before the token expires, and no later',
    create: wrong(({ refreshTokens }) => ({
      refreshTokens: { keep: (keeping) => refreshTokens.keep({ ...keeping, at: new Date(keeping.at.getTime() - 1) }) },
    })),
  },
  {
    fault: 'says of what expired that it is unknown',
    port: 'refresh tokens that rotate',
    rule: 'rotates a millisecond before the token expires, and no later',
    create: wrong(({ refreshTokens }) => ({
      refreshTokens: {
        async rotate(rotation) {
          const answer = await refreshTokens.rotate(rotation);
          return answer.outcome === 'expired' ? { outcome: 'unknown' } : answer;
        },
      },
    })),
  },
  {
    fault: 'answers a repeat with what was just offered',
    port: 'refresh tokens that rotate',
    rule: 'repeats the first answer until the grace window is over',
    create: wrong(({ refreshTokens }) => ({
      refreshTokens: {
        async rotate(rotation) {
          const answer = await refreshTokens.rotate(rotation);
          return answer.outcome === 'repeated' ? { ...answer, sealedAnswer: rotation.sealedAnswer } : answer;
        },
      },
    })),
  },
  {
    fault: 'spares what a client obtained for itself in the very millisecond in which all of it is ended',
    port: 'own tokens',
    rule: 'issued in the same millisecond',
    create: wrong(({ clients }) => ({ clients: { revokeOwnTokens: (id, at) => clients.revokeOwnTokens(id, new Date(at.getTime() - 1)) } })),
  },
  {
    fault: 'ends what a client obtained for itself only as far as it is there',
    port: 'own tokens',
    rule: 'of a token that is saved only afterwards',
    create: wrong(({ clients, accessTokens }, tables) => ({
      clients: {
        async revokeOwnTokens(id, at) {
          for (const { token } of tables.accessTokens.values()) {
            if (token.clientId === id && token.grantId === null && token.issuedAt <= at) await accessTokens.revoke(token.id, 'revoked_by_operator', at);
          }
          return (await clients.find(id)) && at;
        },
      },
    })),
  },
  {
    fault: 'believes every clock about what was issued before',
    port: 'own tokens',
    rule: 'though a clock that is ahead issued it later',
    create: wrong((_, tables) => ({
      clients: {
        async revokeOwnTokens(id, at) {
          const row = tables.clients.get(id);
          if (row) row.client = { ...row.client, ownTokensRevokedAt: at };
          return row ? at : null;
        },
      },
    })),
  },
  {
    fault: 'says of a token how it ended by itself, though all that its client obtained for itself had ended before',
    port: 'own tokens',
    rule: 'says of several ends of a token the one that came first',
    create: wrong(({ accessTokens }, tables) => ({
      accessTokens: {
        async find(id) {
          const token = await accessTokens.find(id);
          return token && { ...token, ended: tables.accessTokens.get(id)?.revoked ?? token.ended };
        },
      },
    })),
  },
  {
    fault: 'ends what acts for people with what a client obtained for itself',
    port: 'own tokens',
    rule: 'leaves tokens that act for a person',
    create: wrong(({ clients, grants }) => ({
      clients: {
        async revokeOwnTokens(id, at) {
          await grants.revokeAll({ clientId: id }, 'revoked_by_operator', at);
          return clients.revokeOwnTokens(id, at);
        },
      },
    })),
  },
  {
    fault: 'does not ask the grant whether an access token is good',
    port: 'grants',
    rule: 'ends everything that descends from it',
    create: wrong((_, tables) => ({
      accessTokens: {
        async find(id) {
          const row = tables.accessTokens.get(id);
          return row ? { ...row.token, ended: row.revoked } : null;
        },
      },
    })),
  },
  {
    fault: 'lets the last reason count',
    port: 'grants',
    rule: 'revokes once; the first reason stays',
    create: wrong((_, tables) => ({
      grants: {
        async revoke(id, reason, at) {
          const row = tables.grants.get(id);
          if (row) row.grant = { ...row.grant, revoked: { at, reason } };
          return row !== undefined;
        },
      },
    })),
  },
  {
    fault: 'lets the last reason count of what ended together',
    port: 'grants',
    rule: 'keeps the first reason of each of very many that ended together',
    create: wrong(({ grants }, tables) => {
      const together = new Set<string>();
      return {
        grants: {
          async revokeAll(of, reason, at) {
            const count = await grants.revokeAll(of, reason, at);
            if (count > 20) for (const id of tables.grants.keys()) together.add(id);
            return count;
          },
          async revoke(id, reason, at) {
            const row = tables.grants.get(id);
            if (row && together.has(id)) row.grant = { ...row.grant, revoked: { at, reason } };
            return grants.revoke(id, reason, at);
          },
        },
      };
    }),
  },
  {
    fault: 'brings a session back that was ended',
    port: 'sessions',
    rule: 'brings no session back that was ended',
    create: wrong(({ sessions }, tables) => {
      const ended = new Map<string, Parameters<typeof sessions.add>[0]>();
      return {
        sessions: {
          async end(id) {
            const session = tables.sessions.get(id);
            if (session) ended.set(id, session);
            await sessions.end(id);
          },
          async touch(id, lastSeenAt, expiresAt) {
            const session = tables.sessions.get(id) ?? ended.get(id);
            if (session) tables.sessions.set(id, { ...session, lastSeenAt, expiresAt });
          },
        },
      };
    }),
  },
  {
    fault: 'leaves there what was taken',
    port: 'sign-ins under way at a provider',
    rule: 'gives back every field, of a request that expired too, and only once',
    create: wrong((_, tables) => ({ upstreamRequests: { take: async (id) => tables.upstreamRequests.get(id) ?? null } })),
  },
  {
    fault: 'lets the id of a removed client be had again',
    port: 'clients',
    rule: 'keeps the id of a removed client taken',
    create: wrong(({ clients }, tables) => ({
      clients: {
        async add(client) {
          if (tables.clients.get(client.id)?.removedAt) tables.clients.delete(client.id);
          return clients.add(client);
        },
      },
    })),
  },
  {
    fault: 'saves the access token before it knows that the rest can be saved',
    port: 'authorization codes',
    rule: 'leaves nothing half-done: the id of its refreshToken is taken',
    create: wrong(({ authorizationCodes }, tables) => ({
      authorizationCodes: {
        async consume(consumption) {
          const { accessToken, refreshToken } = consumption;
          if (refreshToken && tables.refreshTokens.has(refreshToken.id)) tables.accessTokens.set(accessToken.id, { token: accessToken, revoked: null });
          return authorizationCodes.consume(consumption);
        },
      },
    })),
  },
  {
    fault: 'ends access tokens without logging it',
    port: 'revocations',
    rule: 'says when a client is disabled, restored and removed, each once',
    create: wrong(({ clients }, tables) => ({
      clients: {
        async setDisabled(id, disabled, sparing) {
          const done = await clients.setDisabled(id, disabled, sparing);
          tables.revocations.clear();
          return done;
        },
      },
    })),
  },
  {
    fault: 'gives notice of every use of a secret',
    port: 'notices',
    rule: 'tells nothing of the use of a secret, which is noted all the time',
    create: wrong(({ usage }, tables) => ({
      usage: {
        async record(uses) {
          await usage.record(uses);
          for (const id of tables.clients.keys()) tables.notices.changed('clients', id);
        },
      },
    })),
  },
  {
    fault: 'tells no time, as who reads a text of a driver that is no date',
    port: 'its own life',
    rule: 'tells a time of its own, where it has one',
    create: () => ({ ...createMemoryStorage(), now: async () => new Date('soon') }),
  },
  {
    fault: 'tells the time of another zone',
    port: 'its own life',
    rule: 'tells a time of its own, where it has one',
    create: () => ({ ...createMemoryStorage(), now: async () => new Date(Date.now() - 3_600_000) }),
  },
];
