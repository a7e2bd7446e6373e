import type { Finding } from './doctor-checks.js';

/**
 * Whether the server that answers under the issuer's name works on the store that was examined. `published`: the ids of the signing keys that it publishes
 * (RFC 7517 §4.5), which it has from its store; `kept`: those of the store. One in common is enough: a proxy may hand out what was published minutes ago.
 */
export function sameStoreFinding(issuer: string, published: readonly string[], kept: readonly string[]): Finding {
  const check = 'same store';
  if (published.some((id) => kept.includes(id))) return { check, ok: true, reason: `${issuer} publishes the keys of this store` };
  const reason = `${issuer} publishes signing keys that are not in this store, so it works on another`;
  return { check, ok: false, reason, advice: 'give the same DATABASE_URL, REDIS_URL or DATA_DIR as that server has, or correct ISSUER' };
}
