import { correctionOf } from './doctor-issuer.js';
import type { Finding } from './finding.js';

interface Looked {
  readonly issuer: string;
  /** The ids of the signing keys that the server publishes which answers under the issuer's name (RFC 7517 §4.5). It has them from its store. */
  readonly published: readonly string[];
  /** Those of the store that was examined. */
  readonly kept: readonly string[];
  /** How many processes of servers are connected to that; `null`: not known. */
  readonly servers: number | null;
}

const check = 'same store';
const theSame = 'give the same DATABASE_URL, REDIS_URL or DATA_DIR as that server has';

/**
 * Whether the server that answers under the issuer's name works on the store that was examined. One key in common is enough: a proxy may hand out what was published
 * minutes ago. A store that was restored from a backup has all keys of the one it is a copy of; to that one the server is connected.
 */
export function sameStoreFinding({ issuer, published, kept, servers }: Looked): Finding {
  const correct = `${theSame}, or, where another was meant, ${correctionOf(issuer)}`;
  if (!published.some((id) => kept.includes(id)))
    return { check, ok: false, reason: `${issuer} publishes signing keys that are not in this store, so it works on another`, advice: correct };
  if (servers === 0)
    return {
      check,
      ok: false,
      reason: `${issuer} publishes the keys of this store, but no server is connected to it now: unless one is just connecting anew, it is a copy, and that server works on another`,
      advice: `ask again in ten seconds, and then ${correct}`,
    };
  return { check, ok: true, reason: `${issuer} publishes the keys of this store${servers === null ? '' : `, to which ${processes(servers)} connected`}` };
}

function processes(servers: number): string {
  return servers === 1 ? 'a server is' : `${servers} processes of servers are`;
}
