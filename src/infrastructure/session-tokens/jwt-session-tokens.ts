import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { AdmissionTerms } from '../../application/identities/admit-identity.js';
import { type SessionTokenIssuer, SessionTokenRefused, type VerifiedSessionToken } from '../../application/ports/session-token-issuer.js';
import { TemporarilyUnavailable } from '../../domain/errors.js';
import { later } from '../../domain/moments.js';
import { type IdentityClaims, identityFromClaims } from '../openid/identity-from-claims.js';
import { discoveredKeys, publishedKeys } from './issuer-keys.js';

export interface SessionTokenSettings extends IdentityClaims {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  /** Where its keys are published; `null`: its metadata says. */
  readonly jwksUri: string | null;
  /** The token must be for one of these (`aud`); empty: not looked at. */
  readonly audience: readonly string[];
  /** The token must have been issued to one of these (`azp`); empty: not looked at. */
  readonly authorizedParties: readonly string[];
  /** Signatures with a public key only. */
  readonly algorithms: readonly string[];
  /** Seconds after which a token is too old, whatever it says itself. */
  readonly maxAge: number;
  readonly terms: AdmissionTerms;
}

/** Seconds by which the issuer's clock may differ from ours. */
const clockTolerance = 10;

/**
 * Session tokens as JWTs (RFC 7519), verified by the keys that their issuer publishes. What a token says about keys of its own (`jwk`, `jku`, `x5u`)
 * is never looked at (RFC 8725 §3.10), nor can it choose a kind of signature that was not named here (§3.1).
 */
export class JwtSessionTokens implements SessionTokenIssuer {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly terms: AdmissionTerms;
  private readonly keys: JWTVerifyGetKey;

  constructor(private readonly settings: SessionTokenSettings) {
    ({ id: this.id, name: this.name, issuer: this.issuer, terms: this.terms } = settings);
    this.keys = settings.jwksUri === null ? discoveredKeys(settings.issuer) : publishedKeys(settings.jwksUri);
  }

  async verify(token: string): Promise<VerifiedSessionToken> {
    const { issuer, audience, authorizedParties, algorithms, maxAge } = this.settings;
    const claims = await this.verified(token, {
      issuer,
      algorithms: [...algorithms],
      ...(audience.length > 0 && { audience: [...audience] }),
      clockTolerance,
      maxTokenAge: maxAge,
      requiredClaims: ['sub', 'iat', 'exp'],
    });
    if (authorizedParties.length > 0 && !authorizedParties.includes(String(claims.azp))) throw new SessionTokenRefused('it was issued to another party (azp)');
    const { iat, exp, auth_time: authTime } = claims as { iat: number; exp: number; auth_time?: unknown };
    return {
      identity: identityFromClaims(claims as JWTPayload & { iss: string; sub: string }, this.settings),
      authenticatedAt: moment(typeof authTime === 'number' ? authTime : iat),
      expiresAt: later(moment(Math.min(exp, iat + maxAge)), clockTolerance),
    };
  }

  private async verified(token: string, options: Parameters<typeof jwtVerify>[2]): Promise<JWTPayload> {
    try {
      return (await jwtVerify(token, this.keys, options)).payload;
    } catch (error) {
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && !isAboutTheList(error)) throw new SessionTokenRefused(error.code);
      throw new TemporarilyUnavailable('the keys of the session token cannot be had at the moment', (error as Error).message);
    }
  }
}

/** The published list could not be used: no fault of the token. */
function isAboutTheList(error: errors.JOSEError): boolean {
  return error instanceof errors.JWKSInvalid || error.constructor === errors.JOSEError;
}

function moment(seconds: number): Date {
  return new Date(seconds * 1000);
}
