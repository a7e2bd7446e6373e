import * as ofTheKit from '../../src/adapter-kit/fixtures.js';
import { PasswordRules } from '../../src/application/accounts/password-rules.js';
import type { Clock } from '../../src/application/ports/clock.js';
import type { PasswordHasher } from '../../src/application/ports/password-hasher.js';
import { KnownScopes } from '../../src/application/resources/known-scopes.js';
import { ResourceDirectory } from '../../src/application/resources/resource-directory.js';
import type { Grant } from '../../src/domain/authorization/grant.js';
import type { Client, ClientSettings } from '../../src/domain/clients/client.js';
import { InvalidInput } from '../../src/domain/errors.js';
import type { User } from '../../src/domain/people/user.js';
import type { ScopeCatalogue } from '../../src/domain/scope.js';
import { uuid7 } from '../../src/domain/tokens/uuid7.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';

export const someCatalogue: ScopeCatalogue = ['default', 'profile', 'email', 'offline_access'].map((name) => ({ name, sentence: `Use ${name}` }));

/** A catalogue without resource servers. */
export function someScopes(catalogue: ScopeCatalogue = someCatalogue): KnownScopes {
  const { resourceServers, notices } = createMemoryStorage();
  return new KnownScopes(catalogue, new ResourceDirectory(resourceServers, notices, someClock()));
}

/** A clock that shows another second each time it is asked. */
export function someClock(start = new Date('2030-01-01T00:00:00Z')): Clock {
  let ticks = 0;
  return { now: () => new Date(start.getTime() + 1000 * ticks++) };
}

/** Reversible and instant: for tests that are not about hashing. */
export const somePasswords: PasswordHasher = {
  hash: async (password) => `hashed:${password}`,
  verify: async (hash, password) => hash === `hashed:${password}`,
};

export function someUser(changes: Partial<User> = {}): User {
  const createdAt = new Date('2030-01-01T00:00:00Z');
  return { id: uuid7(createdAt), email: 'ada@example.com', username: 'ada', passwordHash: null, admin: false, createdAt, disabledAt: null, ...changes };
}

const ofSomeApp = { name: 'Some app', redirectUris: ['https://app.example/callback'] };

/** Settings that can be saved as they are. */
export function someSettings(changes: Partial<ClientSettings> = {}): ClientSettings {
  return ofTheKit.someSettings({ ...ofSomeApp, ...changes });
}

/** The fields at which what was asked is refused. */
export async function problemsOf(refused: Promise<unknown>): Promise<string[]> {
  const error = await refused.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InvalidInput)) throw new Error(`expected InvalidInput, got ${String(error)}`);
  return error.problems.map((problem) => problem.field);
}

export function someClient(changes: Partial<Client> = {}): Client {
  return ofTheKit.someClient({ ...ofSomeApp, createdAt: new Date('2030-01-01T00:00:00Z'), ...changes });
}

export function someGrant(changes: Partial<Grant> = {}): Grant {
  const createdAt = new Date('2030-01-01T00:00:00Z');
  const unused = { revoked: null, lastUsedAt: null, usedScopes: [] };
  return {
    id: uuid7(createdAt),
    userId: 'user',
    clientId: 'client',
    scopes: ['default'],
    createdAt,
    authenticatedAt: null,
    expiresAt: null,
    ...unused,
    ...changes,
  };
}

/** Of the commonest passwords it knows one. */
export const someRules = new PasswordRules({ includes: (password) => password === 'password' });
