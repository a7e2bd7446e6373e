import type { Storage } from '../application/ports/storage.js';
import type { Grant } from '../domain/authorization/grant.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { newBytes, now, plus, someIdentity, someSession } from './fixtures.js';
import { givenUser } from './given.js';

/** Looks, each time it is called, at everything that hangs on a grant, and what was logged since. */
export async function watchedFamily(store: Storage, { id: grantId, clientId }: Grant, access: readonly string[], refresh: readonly string[]) {
  const place = await store.revocations.latest();
  const { grants, accessTokens, refreshTokens, clients, revocations } = store;
  return async () => ({
    grant: await grants.find(grantId),
    client: await clients.find(clientId),
    access: await Promise.all(access.map((id) => accessTokens.find(id))),
    refresh: await Promise.all(refresh.map((id) => refreshTokens.find(id))),
    log: (await revocations.since(place, 100))?.revocations,
  });
}

/** A person with all that hangs on them; `seen` looks at it each time it is called. */
export async function watchedPerson(store: Storage) {
  const user = await givenUser(store);
  const session = someSession(user.id);
  await store.sessions.add(session);
  const link = { id: uuid7(now), digest: newBytes(), email: user.email, userId: user.id, requestId: null, expiresAt: plus(60_000) };
  await store.passwords.keepLink(link);
  const identity = someIdentity(user.id);
  await store.identities.link(identity);
  const seen = async () => ({
    user: await store.users.find(user.id),
    session: await store.sessions.find(session.id),
    link: await store.passwords.findLink(link.id),
    identities: await store.identities.listOf(user.id),
  });
  return { user, session, link, seen };
}
