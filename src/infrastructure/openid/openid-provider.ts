import * as client from 'openid-client';
import type { AdmissionTerms } from '../../application/identities/admit-identity.js';
import { KeptAnswer } from '../../application/operations/kept-answer.js';
import {
  type SignInWishes,
  type UpstreamAnswer,
  UpstreamFailure,
  type UpstreamMemory,
  type UpstreamProvider,
} from '../../application/ports/upstream-provider.js';
import { isLoopback } from '../../domain/loopback.js';
import { boundedFetch } from '../outgoing/bounded-fetch.js';
import { type IdentityClaims, identityFromClaims } from './identity-from-claims.js';
import { upstreamFailure } from './upstream-failure.js';

export interface OpenidProviderSettings extends IdentityClaims {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  /** `null`: a public client. */
  readonly clientSecret: string | null;
  readonly clientAuthentication: 'client_secret_basic' | 'client_secret_post';
  readonly scopes: readonly string[];
  readonly terms: AdmissionTerms;
}

/** Milliseconds for which what was discovered is believed. */
const discoveredFor = 3_600_000;

/**
 * An OpenID provider (OpenID Connect Core §3.1, code flow with PKCE, state and nonce) by discovery. It is discovered when the first person wants to
 * sign in there, so that it may be down while this server starts; a failure is not remembered.
 */
export class OpenidProvider implements UpstreamProvider {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly terms: AdmissionTerms;
  private mayNotKnowChoosing = false;
  private readonly discovered = new KeptAnswer(
    () => this.discover(),
    () => performance.now(),
  );

  /** `redirectUri`: of this provider alone, so that the answer of one is never taken for another's (RFC 9700 §4.4.2.2). */
  constructor(
    private readonly settings: OpenidProviderSettings,
    private readonly redirectUri: string,
  ) {
    ({ id: this.id, name: this.name, issuer: this.issuer, terms: this.terms } = settings);
  }

  async begin({ prompt, maxAge, loginHint }: SignInWishes): Promise<{ url: string; memory: UpstreamMemory }> {
    const configuration = await this.discovered.get(discoveredFor);
    const memory = { state: client.randomState(), nonce: client.randomNonce(), codeVerifier: client.randomPKCECodeVerifier() };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: this.settings.scopes.join(' '),
      state: memory.state,
      nonce: memory.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(memory.codeVerifier),
      code_challenge_method: 'S256',
      ...(prompt !== null && { prompt: this.understood(prompt, configuration.serverMetadata()) }),
      ...(maxAge !== null && { max_age: String(maxAge) }),
      ...(loginHint !== null && { login_hint: loginHint }),
    });
    return { url: url.href, memory };
  }

  async finish(query: string, { state, nonce, codeVerifier }: UpstreamMemory): Promise<UpstreamAnswer> {
    const configuration = await this.discovered.get(discoveredFor);
    const answered = new URL(`${this.redirectUri}?${query}`);
    try {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(configuration, answered, checks);
      const claims = tokens.claims();
      if (claims === undefined) throw new UpstreamFailure('refused', 'there is no ID token');
      const identity = identityFromClaims({ ...claims, ...(await this.more(configuration, tokens.access_token, claims)) }, this.settings);
      return { identity, authenticatedAt: typeof claims.auth_time === 'number' ? new Date(claims.auth_time * 1000) : null };
    } catch (error) {
      if (error instanceof client.AuthorizationResponseError && error.error === 'invalid_request') this.mayNotKnowChoosing = true;
      throw upstreamFailure(error);
    }
  }

  /** Who signs in anew can choose who to be as well, where a provider does not know `select_account`: it may say so beforehand, or refuse the request. */
  private understood(prompt: NonNullable<SignInWishes['prompt']>, { prompt_values_supported: supported }: client.ServerMetadata): string {
    return this.mayNotKnowChoosing || (Array.isArray(supported) && !supported.includes(prompt)) ? 'login' : prompt;
  }

  /** Many providers put e-mail and name not into the ID token but there (OpenID Connect Core §5.4). Its `sub` must be the same (§5.3.2). */
  private async more(configuration: client.Configuration, accessToken: string, claims: client.IDToken): Promise<Record<string, unknown>> {
    if (claims.email !== undefined || configuration.serverMetadata().userinfo_endpoint === undefined) return {};
    const { sub: _, iss: __, ...more } = await client.fetchUserInfo(configuration, accessToken, claims.sub);
    return more;
  }

  private async discover(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret, clientAuthentication } = this.settings;
    const post = clientAuthentication === 'client_secret_post';
    const authentication = clientSecret === null ? client.None() : (post ? client.ClientSecretPost : client.ClientSecretBasic)(clientSecret);
    // The signature of the ID token is checked too, not only where it came from.
    const execute = [client.enableNonRepudiationChecks, ...(isLoopback(new URL(issuer)) ? [client.allowInsecureRequests] : [])];
    try {
      const options = { [client.customFetch]: boundedFetch(issuer) as client.CustomFetch, execute };
      return await client.discovery(new URL(issuer), clientId, {}, authentication, options);
    } catch (error) {
      throw new UpstreamFailure('unreachable', `${issuer} cannot be discovered: ${(error as Error).message}`, { cause: error });
    }
  }
}
