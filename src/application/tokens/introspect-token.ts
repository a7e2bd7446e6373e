import type { Client } from '../../domain/clients/client.js';
import type { ResourceServer } from '../../domain/resources/resource-server.js';
import { scopesWithin } from '../../domain/scope.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';
import { matchesDigest, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import type { PresentedToken } from '../../domain/tokens/presented-token.js';
import type { RefreshToken } from '../../domain/tokens/refresh-token.js';
import type { TokenUser } from '../ports/access-token-repository.js';
import type { Clock } from '../ports/clock.js';
import type { RefreshTokenRepository } from '../ports/refresh-token-repository.js';
import type { ResourceDirectory } from '../resources/resource-directory.js';
import type { Authenticate, TokenRefusal } from './authenticate.js';

/** Who asks; authenticated before. */
export type IntrospectionCaller =
  | { readonly kind: 'client'; readonly client: Client }
  /** A token for another resource is not active for it, and it is told why one is not. */
  | { readonly kind: 'resource_server'; readonly server: ResourceServer };

export interface IntrospectTokenInput {
  readonly caller: IntrospectionCaller;
  readonly token: string;
  /** What the token is needed for, where the caller says so. A resource server needs all of them; for a client it is only noted. */
  readonly scopes: readonly string[];
}

export type Introspection =
  /** `refusal`: for a resource server only. */
  | { readonly active: false; readonly refusal?: TokenRefusal }
  | { readonly active: true; readonly kind: 'access_token'; readonly token: AccessToken; readonly user: TokenUser | null }
  | { readonly active: true; readonly kind: 'refresh_token'; readonly token: RefreshToken };

/**
 * The state of a token, for whom it was handed to (RFC 7662). A client is told nothing about why a token is not active (§2.2: "SHOULD NOT include any
 * additional information about an inactive token, including why the token is inactive"); the house's own resource servers, which have to answer
 * for it, are.
 */
export class IntrospectToken {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly directory: Pick<ResourceDirectory, 'scopesOfOthers'>,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, token: text, scopes }: IntrospectTokenInput): Promise<Introspection> {
    if (caller.kind === 'resource_server') {
      const { id, identifier } = caller.server;
      // What belongs to others says nothing to this one, and is not its business (RFC 7662 §2.2 lets the answer depend on who asks).
      const foreign = await this.directory.scopesOfOthers(id);
      const result = await this.authenticate.execute({ token: text, scopes, resource: identifier, foreign });
      return result.active ? { active: true, kind: 'access_token', token: result.token, user: result.user } : { active: false, refusal: result };
    }
    const refreshToken = parseTokenOf('rt', text);
    if (refreshToken) return this.ofRefreshToken(caller.client, refreshToken);
    const result = await this.authenticate.execute({ token: text, uses: scopes });
    return result.active ? { active: true, kind: 'access_token', token: result.token, user: result.user } : { active: false };
  }

  private async ofRefreshToken(client: Client, presented: PresentedToken): Promise<Introspection> {
    const token = await this.refreshTokens.find(presented.id);
    if (!token || !matchesDigest(presented, token.digest)) return { active: false };
    // A refresh token is for nobody but its client and this server, so no other client learns about it.
    if (token.clientId !== client.id) return { active: false };
    if (token.rotatedAt || token.ended || token.expiresAt <= this.clock.now()) return { active: false };
    return { active: true, kind: 'refresh_token', token: { ...token, scopes: scopesWithin(token.scopes, client.scopes) } };
  }
}
