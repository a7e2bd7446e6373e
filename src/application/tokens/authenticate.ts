import type { EndReason } from '../../domain/authorization/grant.js';
import type { Client } from '../../domain/clients/client.js';
import { sameResource } from '../../domain/resources/resource.js';
import { scopesBeyond, scopesWithin, unionOf } from '../../domain/scope.js';
import type { StoredAccessToken } from '../../domain/tokens/access-token.js';
import { matchesDigest, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import type { KeyRing } from '../keys/key-ring.js';
import type { UsageJournal } from '../operations/usage-journal.js';
import type { AccessTokenRepository, TokenUser } from '../ports/access-token-repository.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';

export interface AuthenticateInput {
  readonly token: string;
  /** All of them are needed. */
  readonly scopes?: readonly string[];
  /** Those that the resource makes use of where the token has them; noted with `scopes` as what the grant was used for. */
  readonly uses?: readonly string[];
  /** The resource that asks; a token made for others is refused (RFC 8707 §2). */
  readonly resource?: string;
  /** Scopes that mean nothing to the resource that asks: it does not see them, and a token that has no others is not for it. */
  readonly foreign?: ReadonlySet<string>;
}

export type Authentication =
  | { readonly active: true; readonly token: StoredAccessToken; readonly client: Client; readonly user: TokenUser | null }
  | { readonly active: false; readonly reason: 'malformed' | 'unknown' | 'expired' | 'client_disabled' | 'user_disabled' | 'wrong_audience' }
  | { readonly active: false; readonly reason: 'revoked'; readonly cause: EndReason }
  | { readonly active: false; readonly reason: 'insufficient_scope'; readonly missing: readonly string[] };

/** Why a token is not good. */
export type TokenRefusal = Authentication & { readonly active: false };

/** Is this access token good, for whom, and if not, why not? (RFC 6750 §3.1, RFC 7662 §2.2) */
export class Authenticate {
  constructor(
    private readonly accessTokens: AccessTokenRepository,
    private readonly clients: Pick<ClientRepository, 'find'>,
    private readonly usage: UsageJournal,
    private readonly keys: Pick<KeyRing, 'isWithdrawn'>,
    private readonly clock: Clock,
  ) {}

  async execute({ token: text, scopes = [], uses = [], resource, foreign }: AuthenticateInput): Promise<Authentication> {
    const presented = parseTokenOf('at', text);
    if (!presented) return { active: false, reason: 'malformed' };
    const found = await this.accessTokens.findWithUser(presented.id);
    if (!found) return { active: false, reason: 'unknown' };
    const { token, user } = found;
    if (!matchesDigest(presented, token.digest)) return { active: false, reason: 'unknown' };

    // Whoever checks it by our keys refuses it; so do we.
    const { keyId } = presented;
    if (keyId !== undefined && (await this.keys.isWithdrawn(keyId))) return { active: false, reason: 'revoked', cause: 'revoked_by_operator' };
    if (token.ended) return { active: false, reason: 'revoked', cause: token.ended.reason };
    const now = this.clock.now();
    if (token.expiresAt <= now) return { active: false, reason: 'expired' };

    const client = await this.clients.find(token.clientId);
    if (!client || client.disabledAt) return { active: false, reason: 'client_disabled' };
    if (token.userId !== null && (!user || user.disabledAt)) return { active: false, reason: 'user_disabled' };

    if (resource !== undefined && token.resources.length > 0 && !token.resources.some((one) => sameResource(one, resource))) {
      return { active: false, reason: 'wrong_audience' };
    }
    // What was taken from the client since, it can do nothing with; a token of which nothing is left is good for nothing.
    const allowed = scopesWithin(token.scopes, client.scopes);
    const held = foreign?.size ? allowed.filter((scope) => !foreign.has(scope)) : allowed;
    if (held.length === 0 && allowed.length > 0) return { active: false, reason: 'wrong_audience' };
    const missing = scopesBeyond(held.length > 0 || scopes.length > 0 ? scopes : token.scopes, held);
    if (missing.length > 0) return { active: false, reason: 'insufficient_scope', missing };
    if (token.grantId !== null) {
      const used = uses.filter((scope) => held.includes(scope));
      this.usage.grantUsed({ grantId: token.grantId, at: now, scopes: unionOf(scopes, used) });
    }
    return { active: true, token: { ...token, scopes: held }, client, user };
  }
}
