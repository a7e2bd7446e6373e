import type { KeywrightConnection } from '../keywright-connection.js';
import { type Active, type Refused, refused } from '../verification.js';
import { type Expected, readJwt, type UnverifiedJwt } from './read-jwt.js';
import type { SigningKey } from './signing-key.js';
import { SigningKeys } from './signing-keys.js';

/** A JWT that Keywright signed, and with what. */
export interface SignedJwt {
  readonly verification: Active;
  readonly key: SigningKey;
}

/** Tells of a JWT access token all that needs no question about it: form, signature, issuer, audience, times (RFC 9068 §4). */
export class LocalCheck {
  private readonly keys: SigningKeys;

  constructor(
    connection: KeywrightConnection,
    private readonly settings: Expected & { readonly keysMaxAge: number; readonly serveKnown: boolean },
    onProblem: (problem: Error) => void,
  ) {
    this.keys = new SigningKeys(connection, settings.keysMaxAge, onProblem);
  }

  /** Is what a key signed still good without fetching the keys again? Fetches them in the background when it is time. `now` of `performance.now()`. */
  trusts(key: SigningKey, now: number): boolean {
    return this.keys.fresh(now) && !key.retired;
  }

  /** `now` of `performance.now()`, and the same moment as `timeOfDay`, in milliseconds since 1970. Throws `NoAnswer` when the keys are needed and cannot be had. */
  check(token: string, now: number, timeOfDay: number): SignedJwt | Refused | Promise<SignedJwt | Refused> {
    const jwt = readJwt(token, this.settings, timeOfDay);
    if (!('signed' in jwt)) return jwt;
    const known = this.keys.known(jwt.keyId);
    return known && this.keys.fresh(now) ? verified(jwt, known) : this.checkWithNewKeys(jwt, now);
  }

  private async checkWithNewKeys(jwt: UnverifiedJwt, now: number): Promise<SignedJwt | Refused> {
    try {
      await this.keys.refresh(now);
    } catch (error) {
      const known = this.keys.known(jwt.keyId);
      if (known && this.settings.serveKnown) return verified(jwt, known);
      throw error;
    }
    return verified(jwt, this.keys.known(jwt.keyId));
  }
}

function verified(jwt: UnverifiedJwt, key: SigningKey | undefined): SignedJwt | Refused {
  if (!key || key.algorithm !== jwt.algorithm || !key.signed(jwt.signed, jwt.signature)) return refused('unknown');
  return { verification: jwt.claims, key };
}
