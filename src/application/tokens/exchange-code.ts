import type { AuthorizationCode } from '../../domain/authorization/authorization-code.js';
import { isForDevice } from '../../domain/authorization/device-request.js';
import { verifierMatches } from '../../domain/authorization/pkce.js';
import { redirectUriMatches } from '../../domain/authorization/redirect-uri.js';
import { type Client, mayUse } from '../../domain/clients/client.js';
import { InvalidGrant, UnauthorizedClient } from '../../domain/errors.js';
import { matchesDigest, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import type { AuthorizationCodeRepository } from '../ports/authorization-code-repository.js';
import type { RedeemCode } from './redeem-code.js';
import type { TokenAnswer } from './token-answer.js';

export interface ExchangeCodeInput {
  /** Authenticated before. */
  readonly client: Client;
  readonly code: string;
  readonly redirectUri: string | null;
  readonly codeVerifier: string | null;
  readonly resources: readonly string[];
}

/** Exchanges an authorization code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.6). Throws `InvalidGrant`, `InvalidScope`, `InvalidTarget`, `UnauthorizedClient`. */
export class ExchangeCode {
  constructor(
    private readonly codes: AuthorizationCodeRepository,
    private readonly redeem: Pick<RedeemCode, 'execute'>,
  ) {}

  async execute({ client, code: text, redirectUri, codeVerifier, resources }: ExchangeCodeInput): Promise<TokenAnswer> {
    if (!mayUse(client, 'authorization_code')) throw new UnauthorizedClient('this client may not use authorization_code');

    const presented = parseTokenOf('ac', text);
    if (!presented) throw new InvalidGrant('the authorization code is malformed');
    const code = await this.codes.find(presented.id);
    if (!code || isForDevice(code) || !matchesDigest(presented, code.digest)) throw new InvalidGrant('the authorization code is unknown or too old');

    // "ensure that the authorization code was issued to the authenticated confidential client, or if the client is public … to client_id" (RFC 6749 §4.1.3)
    if (code.clientId !== client.id) throw new InvalidGrant('the authorization code is unknown or too old', 'issued to another client');
    checkRedirectUri(code, client, redirectUri);
    checkVerifier(code, codeVerifier);

    return this.redeem.execute({ client, code, resources });
  }
}

/**
 * "if the redirect_uri parameter was included in the initial authorization request … their values are identical" (RFC 6749 §4.1.3). It may be
 * left out where something else binds the code to this client's own request: PKCE, or a single registered URI (OAuth 2.1 §4.1.3 drops it).
 */
function checkRedirectUri(code: AuthorizationCode, client: Client, redirectUri: string | null): void {
  const isRegistered = (uri: string) => client.redirectUris.some((registered) => redirectUriMatches(registered, uri));
  if (code.redirectUri !== null && !isRegistered(code.redirectUri)) {
    throw new InvalidGrant('the authorization has ended', 'the address that the code was sent to was taken from the client');
  }
  if (redirectUri === null) {
    const bound = code.redirectUri === null || code.codeChallenge !== null || client.redirectUris.length === 1;
    if (!bound) throw new InvalidGrant('redirect_uri is missing');
    return;
  }
  const equal = code.redirectUri === null ? isRegistered(redirectUri) : code.redirectUri === redirectUri;
  if (!equal) throw new InvalidGrant('redirect_uri is not the one of the authorization request');
}

function checkVerifier({ codeChallenge }: AuthorizationCode, codeVerifier: string | null): void {
  // "ensure that a token request containing a code_verifier parameter is accepted only if a code_challenge … was present" (RFC 9700 §2.1.1)
  if (codeChallenge === null) {
    if (codeVerifier !== null) throw new InvalidGrant('code_verifier was sent, but the authorization request had no code_challenge');
    return;
  }
  if (codeVerifier === null) throw new InvalidGrant('code_verifier is missing');
  // RFC 7636 §4.6
  if (!verifierMatches(codeVerifier, codeChallenge)) throw new InvalidGrant('code_verifier does not match code_challenge');
}
