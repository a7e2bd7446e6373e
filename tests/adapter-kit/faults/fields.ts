import { type Fault, wrong } from './fault.js';

const seconds = (moment: Date) => new Date(Math.floor(moment.getTime() / 1000) * 1000);

/** What goes in comes out as something else. */
export const fieldFaults: readonly Fault[] = [
  {
    fault: 'drops the code challenge',
    port: 'authorization codes',
    rule: 'keeps every field of a code with a code challenge',
    create: wrong(({ authorizationCodes }) => ({ authorizationCodes: { add: (code) => authorizationCodes.add({ ...code, codeChallenge: null }) } })),
  },
  {
    fault: 'loses the milliseconds',
    port: 'sessions',
    rule: 'keeps every field, of a session that expired too',
    create: wrong(({ sessions }) => ({ sessions: { add: (session) => sessions.add({ ...session, createdAt: seconds(session.createdAt) }) } })),
  },
  {
    fault: 'loses the last millisecond',
    port: 'access tokens',
    rule: 'keeps every field of a client’s own token',
    create: wrong(({ accessTokens }) => ({
      accessTokens: { add: (token) => accessTokens.add({ ...token, expiresAt: new Date(Math.floor(token.expiresAt.getTime() / 10) * 10) }) },
    })),
  },
  {
    fault: 'keeps lists as sets, in an order of its own',
    port: 'grants',
    rule: 'keeps every field of a grant with scopes in their order',
    create: wrong(({ grants }) => ({ grants: { add: (grant) => grants.add({ ...grant, scopes: [...grant.scopes].sort() }) } })),
  },
  {
    fault: 'takes an empty list for the default',
    port: 'authorization codes',
    rule: 'keeps every field of a code with the least',
    create: wrong(({ authorizationCodes }) => ({
      authorizationCodes: { add: (code) => authorizationCodes.add({ ...code, scopes: code.scopes.length === 0 ? ['default'] : code.scopes }) },
    })),
  },
  {
    fault: 'cuts a name after 100 UTF-16 units',
    port: 'users',
    rule: 'keeps every field of a name of 100 characters outside the basic plane',
    create: wrong(({ users }) => ({ users: { add: (user) => users.add({ ...user, username: user.username.slice(0, 100) }) } })),
  },
  {
    fault: 'normalises Unicode',
    port: 'refresh tokens that rotate',
    rule: 'keeps every field of a token with awkward texts',
    create: wrong((_, tables) => ({
      refreshTokens: {
        async find(id) {
          const row = tables.refreshTokens.get(id);
          return row ? { ...row.token, scopes: row.token.scopes.map((scope) => scope.normalize('NFC')), rotatedAt: null, ended: null } : null;
        },
      },
    })),
  },
  {
    fault: 'folds the case of what an issuer calls people',
    port: 'identities',
    rule: 'tells issuers apart that use the same subject, and subjects that differ in case',
    create: wrong(({ identities }) => ({
      identities: {
        findUser: (issuer, subject) => identities.findUser(issuer, subject.toLowerCase()),
        addWithUser: (identity, user) => identities.addWithUser({ ...identity, subject: identity.subject.toLowerCase() }, user),
      },
    })),
  },
  {
    fault: 'hands out the rows themselves',
    port: 'what it hands out',
    rule: 'shares no client',
    create: wrong((_, tables) => ({ clients: { find: async (id) => tables.clients.get(id)?.client ?? null } })),
  },
];
