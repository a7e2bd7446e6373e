import { later } from '../../../domain/moments.js';
import type { Revocation, RevokedSubject } from '../../../domain/tokens/revocation.js';

/** Who reads. A client that is no resource server is told what it needs to forget, and no more (RFC 7662 §2.2 says no reasons either). */
export interface Reader {
  readonly clientId: string | null;
  readonly resourceServer: boolean;
}

/** Seconds by which the clocks of instances may differ: what was issued by another one just before is meant too. */
const clockSkew = 5;

/** An entry as `docs/revocation-feed.md` has it. */
export function revocationWire({ subject, at, until, reason }: Revocation, reader: Reader): Record<string, unknown> {
  return {
    ...subjectWire(subject, reader),
    at: seconds(at),
    ...(subject.kind === 'grants' && { before: seconds(later(at, clockSkew)) }),
    // To the millisecond: by that moment and no clock it is decided here which have ended.
    ...(subject.kind === 'own_tokens' && { before: seconds(at) }),
    until: Math.ceil(seconds(until)),
    ...(reason === 'restored' ? { restored: true } : reader.resourceServer && { reason }),
  };
}

function subjectWire(subject: RevokedSubject, reader: Reader): Record<string, string | null> {
  switch (subject.kind) {
    case 'token':
      return { jti: subject.tokenId };
    case 'grant':
      return { grant_id: subject.grantId };
    case 'client':
      return { client_id: subject.clientId };
    // A client that acts for itself is the subject of its tokens (RFC 9068 §2.2), so that no other token is meant.
    case 'own_tokens':
      return { client_id: subject.clientId, sub: subject.clientId };
    case 'user':
      return { sub: subject.userId };
    case 'grants': {
      const { clientId, userId } = subject;
      if (clientId === null) return { sub: userId };
      if (userId === null) return { client_id: clientId, sub: '*' };
      // Which client a person ended something with is the business of those two.
      return reader.resourceServer || clientId === reader.clientId ? { client_id: clientId, sub: userId } : { sub: userId };
    }
  }
}

/** Since 1970-01-01T00:00:00Z; RFC 7519 §2 lets a NumericDate have a fraction. */
function seconds(moment: Date): number {
  return moment.getTime() / 1000;
}
