import { aMoment, type Fault, wrong } from './fault.js';

/** Reads, lets others come in between, then writes. */
export const raceFaults: readonly Fault[] = [
  {
    fault: 'reads a code, then consumes it',
    port: 'authorization codes',
    rule: 'is consumed by exactly one of 50',
    create: wrong(({ authorizationCodes }, tables) => ({
      authorizationCodes: {
        async consume(consumption) {
          const row = tables.authorizationCodes.get(consumption.id);
          const asRead = row?.consumed;
          await aMoment();
          if (row && asRead === false) row.consumed = false;
          return authorizationCodes.consume(consumption);
        },
      },
    })),
  },
  {
    fault: 'reads a refresh token, then rotates it',
    port: 'refresh tokens that rotate',
    rule: 'is rotated by exactly one of 50',
    create: wrong(({ refreshTokens }, tables) => ({
      refreshTokens: {
        async rotate(rotation) {
          const row = tables.refreshTokens.get(rotation.id);
          const asRead = row?.rotation;
          await aMoment();
          if (row && asRead === null) row.rotation = null;
          return refreshTokens.rotate(rotation);
        },
      },
    })),
  },
  {
    fault: 'rotates under a grant that was revoked while it rotated',
    port: 'refresh tokens that rotate',
    rule: 'ends the whole family when an older token is reused while its successor is being rotated',
    create: wrong(({ refreshTokens }, tables) => ({
      refreshTokens: {
        async rotate(rotation) {
          const grant = tables.grants.get(tables.refreshTokens.get(rotation.id)?.token.grantId ?? '');
          const asRead = grant?.grant;
          await aMoment();
          if (grant && asRead && asRead.revoked === null && tables.refreshTokens.get(rotation.id)?.rotation === null) grant.grant = asRead;
          return refreshTokens.rotate(rotation);
        },
      },
    })),
  },
  {
    fault: 'looks whether an address is free, then takes it',
    port: 'users',
    rule: 'gives an e-mail address that 20 people ask for at once to exactly one',
    create: wrong(({ users }, tables) => ({
      users: {
        async add(user) {
          if (await users.findByEmail(user.email)) return 'email_taken';
          await aMoment();
          tables.users.set(user.id, structuredClone(user));
          return 'added';
        },
      },
    })),
  },
  {
    fault: 'counts administrators, then takes one away',
    port: 'administrators',
    rule: 'leaves exactly one of 6 administrators who are demoted at once',
    create: wrong(({ users }, tables) => ({
      users: {
        async demote(id) {
          const asRead = [...tables.users.values()].filter(({ admin, disabledAt }) => admin && !disabledAt);
          await aMoment();
          const user = tables.users.get(id);
          if (!user || asRead.length === 1) return users.demote(id);
          tables.users.set(id, { ...user, admin: false });
          return 'demoted';
        },
      },
    })),
  },
  {
    fault: 'counts administrators, then disables one',
    port: 'administrators',
    rule: 'leaves exactly one of 6 administrators who are disabled or demoted at once',
    create: wrong(({ users }, tables) => ({
      users: {
        async setDisabled(id, disabledAt, sparing) {
          const asRead = [...tables.users.values()].filter(({ admin, disabledAt }) => admin && !disabledAt);
          await aMoment();
          return users.setDisabled(id, disabledAt, asRead.length === 1 ? sparing : undefined);
        },
      },
    })),
  },
  {
    fault: 'reads a consent, then writes both together',
    port: 'consents',
    rule: 'loses none of 20 scopes that are agreed to at once',
    create: wrong(({ consents }) => ({
      consents: {
        async give(consent) {
          const earlier = await consents.find(consent.userId, consent.clientId);
          await aMoment();
          await consents.forget({ userId: consent.userId, clientId: consent.clientId });
          if (earlier) await consents.give(earlier);
          await consents.give(consent);
        },
      },
    })),
  },
  {
    fault: 'counts attempts after it let them through',
    port: 'attempts',
    rule: 'never lets through more, of 50 who come at once',
    create: wrong(() => {
      const counts = new Map<string, number>();
      return {
        attempts: {
          async take({ name, attempts }, subject) {
            const key = JSON.stringify([name, subject]);
            const asRead = counts.get(key) ?? 0;
            await aMoment();
            counts.set(key, asRead + 1);
            return asRead < attempts ? { outcome: 'taken' } : { outcome: 'exhausted', retryAfter: 60 };
          },
        },
      };
    }),
  },
  {
    fault: 'lets the last of two edits win',
    port: 'clients',
    rule: 'takes exactly one of 20 edits at once that read the same client',
    create: wrong(({ clients }, tables) => ({
      clients: { update: (client) => clients.update({ ...client, version: tables.clients.get(client.id)?.client.version ?? client.version }) },
    })),
  },
  {
    fault: 'starts a session for somebody it found enabled a moment ago',
    port: 'sessions',
    rule: 'leaves no session of a person who is disabled while 10 are started',
    create: wrong((_, tables) => ({
      sessions: {
        async add(session) {
          if (!tables.users.has(session.userId) || tables.users.get(session.userId)?.disabledAt) return false;
          await aMoment();
          tables.sessions.set(session.id, session);
          return true;
        },
      },
    })),
  },
];
