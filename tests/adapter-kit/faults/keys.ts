import { type Fault, wrong } from './fault.js';

const trimmed = ({ issuer, subject }: { readonly issuer: string; readonly subject: string }) => ({ issuer, subject: subject.trimEnd() });

/** Takes two keys for one. */
export const keyFaults: readonly Fault[] = [
  {
    fault: 'does not see blanks at the end of a subject, as a collation with PAD SPACE does not',
    port: 'keys',
    rule: 'tells apart identities whose subjects, or issuers, differ in nothing but a blank at the end',
    create: wrong(({ identities }) => ({
      identities: {
        findUser: (issuer, subject) => identities.findUser(issuer, subject.trimEnd()),
        addWithUser: (identity, user) => identities.addWithUser({ ...identity, ...trimmed(identity) }, user),
        unlink: (userId, key, others) => identities.unlink(userId, trimmed(key), others),
      },
    })),
  },
  {
    fault: 'takes an address for the same in another normalisation form',
    port: 'keys',
    rule: 'tells apart people whose addresses differ in nothing but a full width letter',
    create: wrong(({ users }) => ({ users: { add: (user) => users.add({ ...user, email: user.email.normalize('NFKC') }) } })),
  },
  {
    fault: 'takes a client id for the same in another case',
    port: 'keys',
    rule: 'tells apart clients, and what people agreed to, whose ids differ in nothing but upper case',
    create: wrong(({ clients }) => ({
      clients: { add: (client) => clients.add({ ...client, id: client.id.toLowerCase() }), find: (id) => clients.find(id.toLowerCase()) },
    })),
  },
  {
    fault: 'cuts the id of a client after 255 characters',
    port: 'clients that are called by an address',
    rule: 'keeps apart two clients whose ids are addresses',
    create: wrong(({ clients }) => ({
      clients: { add: (client) => clients.add({ ...client, id: client.id.slice(0, 255) }), find: (id) => clients.find(id.slice(0, 255)) },
    })),
  },
  {
    fault: 'keeps the bytes of an idempotency key as text',
    port: 'keys',
    rule: 'tells apart idempotency keys, and what was asked under one, that differ in nothing but bytes that are no text',
    create: wrong(({ idempotencyKeys }) => ({
      idempotencyKeys: { begin: (run) => idempotencyKeys.begin({ ...run, fingerprint: Buffer.from(Buffer.from(run.fingerprint).toString()) }) },
    })),
  },
  {
    fault: 'trims every id',
    port: 'keys',
    rule: 'an id with a blank at its end finds nothing, of any kind',
    create: wrong(({ sessions, grants }) => ({
      sessions: { find: (id) => sessions.find(id.trim()) },
      grants: { find: (id) => grants.find(id.trim()) },
    })),
  },
];
