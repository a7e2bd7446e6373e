import { bearerChallenge } from '../../domain/tokens/bearer-challenge.js';
import type { Refused } from '../verification.js';

/** What goes back instead of what was asked for. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly error: string; readonly error_description: string };
}

/** What a challenge says besides the error: the scopes that are needed, and which resource asks for them. */
export interface Place {
  readonly scopes: readonly string[];
  readonly audience: string;
  /** `null` where the resource has no address on the web. */
  readonly metadataUrl: string | null;
}

/** Nothing was presented: "the resource server SHOULD NOT include an error code or other error information" (RFC 6750 §3.1) in the challenge. */
export function askForToken(place: Place): Refusal {
  return {
    status: 401,
    headers: { 'www-authenticate': bearerChallenge({ ...scopesOf(place), ...resourceOf(place) }) },
    body: { error: 'invalid_token', error_description: 'a Bearer access token is needed in the Authorization header' },
  };
}

/** Two headers, of which whoever looked at the request before may have gone by the other: "otherwise malformed" (RFC 6750 §3.1). */
export function refuseSeveral(place: Place): Refusal {
  const body = { error: 'invalid_request', error_description: 'the Authorization header was sent more than once' };
  return { status: 400, headers: { 'www-authenticate': bearerChallenge({ ...body, ...resourceOf(place) }) }, body };
}

/** RFC 6750 §3.1; RFC 9110 §10.2.3 for `Retry-After`. */
export function refuse(refused: Refused, place: Place): Refusal {
  const description = descriptionOf(refused);
  if (refused.reason === 'unavailable') {
    const body = { error: 'temporarily_unavailable', error_description: description };
    return { status: 503, headers: { 'retry-after': String(refused.retryAfter) }, body };
  }
  const lacking = refused.reason === 'insufficient_scope';
  const body = { error: lacking ? 'insufficient_scope' : 'invalid_token', error_description: description };
  const parameters = { ...body, ...(lacking && scopesOf(place)), ...resourceOf(place) };
  return { status: lacking ? 403 : 401, headers: { 'www-authenticate': bearerChallenge(parameters) }, body };
}

/** What the holder of a token is told: enough to know what to do next. */
function descriptionOf(refused: Refused): string {
  switch (refused.reason) {
    case 'expired':
      return 'the access token has expired';
    case 'revoked':
      return 'the access token has been revoked';
    case 'insufficient_scope':
      return `the access token lacks ${refused.missing.join(' ')}`;
    case 'wrong_audience':
      return 'the access token is for another resource';
    case 'client_disabled':
    case 'user_disabled':
      return 'the access token is no longer good';
    case 'malformed':
    case 'unknown':
      return 'the access token is not one of the authorization server';
    case 'unavailable':
      return 'the access token cannot be checked at the moment';
  }
}

/** "The 'scope' attribute … the scope necessary to access the protected resource" (RFC 6750 §3). */
function scopesOf({ scopes }: Place): Record<string, string> {
  return scopes.length > 0 ? { scope: scopes.join(' ') } : {};
}

/** Where all about the resource can be read (RFC 9728 §5.1), or its name: "one or more auth-param values" must be there (RFC 6750 §3), also where no error is. */
function resourceOf({ audience, metadataUrl }: Place): Record<string, string> {
  return metadataUrl === null ? { realm: audience } : { resource_metadata: metadataUrl };
}
