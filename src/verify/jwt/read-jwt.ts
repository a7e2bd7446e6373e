import { sameResource } from '../../domain/resources/resource.js';
import { type Active, active, type Refused, refused, type TokenClaims } from '../verification.js';

/** A JWT access token that says the right things; whether it is Keywright who says them, its signature must show. */
export interface UnverifiedJwt {
  readonly keyId: string;
  readonly algorithm: string;
  /** What was signed (RFC 7515 §5.1). */
  readonly signed: string;
  readonly signature: Buffer;
  readonly claims: Active;
}

export interface Expected {
  readonly issuer: string;
  readonly audience: string;
  /** Seconds. */
  readonly clockTolerance: number;
}

const shape = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;
const algorithms = new Set(['ES256', 'EdDSA', 'RS256']);
/** Each would say where to find the key, or what else to obey. Only the issuer's own keys count, so a token with one of these is none of Keywright. */
const refusedHeaders = ['crit', 'jku', 'jwk', 'x5u', 'x5c'];

/**
 * Everything that can be said about a JWT access token without its key, so that one that would be refused anyway costs no signature and no request
 * (RFC 9068 §4, RFC 8725). `now` in milliseconds.
 */
export function readJwt(token: string, expected: Expected, now: number): UnverifiedJwt | Refused {
  const parts = shape.exec(token);
  if (!parts) return refused('malformed');
  const [, head = '', body = '', tail = ''] = parts;
  const header = jsonObject(head);
  const claims = jsonObject(body);
  const signature = Buffer.from(tail, 'base64url');
  // One token has one spelling: the last character may hold bits that decode to nothing.
  if (!header || !claims || signature.toString('base64url') !== tail) return refused('malformed');

  // "The resource server MUST verify that the 'typ' header value is 'at+jwt' or 'application/at+jwt'" (RFC 9068 §4): an id token is no access token.
  if (typeof header.typ !== 'string' || !/^(application\/)?at\+jwt$/i.test(header.typ)) return refused('malformed');
  // "Libraries MUST enable the caller to specify a supported set of algorithms and MUST NOT use any other" (RFC 8725 §3.1)
  if (typeof header.alg !== 'string' || !algorithms.has(header.alg) || typeof header.kid !== 'string') return refused('malformed');
  if (refusedHeaders.some((name) => Object.hasOwn(header, name))) return refused('malformed');
  if (!hasClaims(claims)) return refused('malformed');

  if (claims.iss !== expected.issuer) return refused('unknown');
  // Bound to a key that its holder must prove to have (RFC 7800 §3.1), which nobody checks here yet: as a bearer token it is worth nothing.
  if (claims.cnf !== undefined) return refused('unknown');
  const audiences = typeof claims.aud === 'string' ? [claims.aud] : claims.aud;
  if (!audiences.some((one) => sameResource(one, expected.audience))) return refused('wrong_audience');
  const tolerance = expected.clockTolerance * 1000;
  if (now >= claims.exp * 1000 + tolerance) return refused('expired');
  if (claims.nbf !== undefined && now < claims.nbf * 1000 - tolerance) return refused('unknown');
  return { keyId: header.kid, algorithm: header.alg, signed: token.slice(0, head.length + 1 + body.length), signature, claims: active(claims) };
}

function jsonObject(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

type JwtClaims = TokenClaims & { readonly aud: string | readonly string[]; readonly nbf?: number };

/** Those that RFC 9068 §2.2 requires, each of its type. A token for no scope has none. */
function hasClaims(claims: Record<string, unknown>): claims is JwtClaims {
  claims.scope ??= '';
  const { aud, nbf } = claims;
  return (
    ['iss', 'sub', 'client_id', 'jti', 'scope'].every((name) => typeof claims[name] === 'string') &&
    ['exp', 'iat'].every((name) => Number.isFinite(claims[name])) &&
    (nbf === undefined || Number.isFinite(nbf)) &&
    (typeof aud === 'string' || (Array.isArray(aud) && aud.every((one) => typeof one === 'string')))
  );
}
