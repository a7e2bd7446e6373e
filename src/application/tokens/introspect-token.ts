import type { Client } from '../../domain/clients/client.js';
import { scopesWithin } from '../../domain/scope.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';
import { matchesDigest, parseToken } from '../../domain/tokens/opaque-token.js';
import type { RefreshToken } from '../../domain/tokens/refresh-token.js';
import type { TokenUser } from '../ports/access-token-repository.js';
import type { Clock } from '../ports/clock.js';
import type { RefreshTokenRepository } from '../ports/refresh-token-repository.js';
import type { Authenticate } from './authenticate.js';

export interface IntrospectTokenInput {
  /** Who asks; authenticated before. */
  readonly client: Client;
  readonly token: string;
  /** What the resource that asks makes use of, where it says so; only noted. */
  readonly uses: readonly string[];
}

export type Introspection =
  | { readonly active: false }
  | { readonly active: true; readonly kind: 'access_token'; readonly token: AccessToken; readonly user: TokenUser | null }
  | { readonly active: true; readonly kind: 'refresh_token'; readonly token: RefreshToken };

/** The state of a token, for a protected resource that was handed it (RFC 7662). Says nothing about why a token is not active (§2.2). */
export class IntrospectToken {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ client, token: text, uses }: IntrospectTokenInput): Promise<Introspection> {
    const presented = parseToken(text);
    if (presented?.kind === 'at') {
      const result = await this.authenticate.execute({ token: text, uses });
      return result.active ? { active: true, kind: 'access_token', token: result.token, user: result.user } : { active: false };
    }
    if (presented?.kind !== 'rt') return { active: false };

    const token = await this.refreshTokens.find(presented.id);
    if (!token || !matchesDigest(presented, token.digest)) return { active: false };
    // A refresh token is for nobody but its client and this server, so no other client learns about it.
    if (token.clientId !== client.id) return { active: false };
    if (token.rotatedAt || token.ended || token.expiresAt <= this.clock.now()) return { active: false };
    return { active: true, kind: 'refresh_token', token: { ...token, scopes: scopesWithin(token.scopes, client.scopes) } };
  }
}
