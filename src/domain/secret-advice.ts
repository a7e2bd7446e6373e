import type { Secret } from './secret.js';

/**
 * - `safe_to_remove`: it no longer works, or its successor has taken over: that one is used, and this one has not been since the successor was made,
 *   or for a day.
 * - `in_use`: used in the last 30 days; removing it will be noticed.
 * - `unused`: never used, or not for 30 days.
 */
export type SecretAdvice = 'safe_to_remove' | 'in_use' | 'unused';

const day = 24 * 3600 * 1000;

/** Milliseconds after which a secret no longer counts as in use. */
const recently = 30 * day;

/** What to do with one of a caller's secrets. `secrets` are all of them, in any order. */
export function secretAdvice(secret: Secret, secrets: readonly Secret[], now: Date): SecretAdvice {
  if (!isAlive(secret, now)) return 'safe_to_remove';
  const successor = successorOf(secret, secrets, now);
  if (successor && hasTakenOver(successor, secret.lastUsed?.at ?? null)) return 'safe_to_remove';
  return secret.lastUsed !== null && now.getTime() - secret.lastUsed.at.getTime() <= recently ? 'in_use' : 'unused';
}

/** A successor that nobody uses yet proves nothing: the client may come with the old secret in an hour. Nor does one that shares the work with it. */
function hasTakenOver({ createdAt, lastUsed }: Secret, oldLastUsedAt: Date | null): boolean {
  if (lastUsed === null) return false;
  return oldLastUsedAt === null || oldLastUsedAt < createdAt || lastUsed.at.getTime() - oldLastUsedAt.getTime() >= day;
}

/** The first that was made after it and still works: an expired one replaces nothing. */
function successorOf(secret: Secret, secrets: readonly Secret[], now: Date): Secret | undefined {
  return secrets.filter((other) => isAlive(other, now) && isLater(other, secret)).sort((one, other) => (isLater(one, other) ? 1 : -1))[0];
}

function isLater(one: Secret, other: Secret): boolean {
  return one.createdAt > other.createdAt || (one.createdAt.getTime() === other.createdAt.getTime() && one.id > other.id);
}

function isAlive({ expiresAt }: Secret, now: Date): boolean {
  return expiresAt === null || expiresAt > now;
}
