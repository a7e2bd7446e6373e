import type { Finding } from './finding.js';

/** `wanted`: connections that this instance may open, all its workers together; `allowed`: those that the database has for everybody. */
export function connectionsFinding(wanted: number, allowed: number): Finding {
  const check = 'connections';
  if (wanted <= allowed) return { check, ok: true, reason: `this instance opens ${wanted} at most, of ${allowed} that the database has` };
  const reason = `this instance may open ${wanted}, and the database has ${allowed}`;
  return {
    check,
    ok: false,
    reason,
    advice: 'lower DATABASE_POOL_SIZE or WORKERS, raise max_connections of PostgreSQL or the CONNECTION LIMIT of the role or database, or put a pooler between',
  };
}
