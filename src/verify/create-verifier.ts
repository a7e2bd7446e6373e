import { RevocationFeed } from './feed/revocation-feed.js';
import { Introspection } from './introspection.js';
import { LocalCheck } from './jwt/local-check.js';
import { KeywrightConnection } from './keywright-connection.js';
import { readOptions, type VerifierOptions } from './options.js';
import { type Needs, TokenVerifier } from './token-verifier.js';
import type { Verification } from './verification.js';

export type { VerifierOptions } from './options.js';
export type { Needs } from './token-verifier.js';
export type { Active, RefusalReason, Refused, TokenClaims, Verification } from './verification.js';

/** Checks access tokens for one resource server. Make one for the process and keep it: it holds what is known of tokens. */
export interface Verifier {
  readonly issuer: string;
  readonly audience: string;
  /**
   * Is this access token good for this service, with all of `scopes`? Resolves with a reason when it is not, and never rejects for anything that a token
   * can be.
   */
  verify(token: string, needs?: Needs): Promise<Verification>;
  /** Ends the connections to Keywright. It is not needed for the process to end. */
  close(): void;
}

/** Asks nothing yet: the first token that could be one of Keywright does. Throws a `TypeError` that names every wrong option. */
export function createVerifier(options: VerifierOptions): Verifier {
  const settings = readOptions(options);
  const { onProblem } = settings;
  const connection = new KeywrightConnection(settings.address, settings.timeout, settings.credentials);
  const introspection = settings.credentials ? new Introspection(connection, settings, onProblem) : null;
  const feed = settings.feed ? new RevocationFeed(connection, settings, onProblem) : null;
  const verifier = new TokenVerifier(settings, new LocalCheck(connection, settings, onProblem), introspection, feed);
  return {
    issuer: settings.issuer,
    audience: settings.audience,
    verify: (token, needs) => verifier.verify(token, needs),
    close: () => {
      feed?.close();
      connection.close();
    },
  };
}
