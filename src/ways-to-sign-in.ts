import type { Config } from './config.js';
import type { Foundations } from './container/foundations.js';
import { OpenidProvider } from './infrastructure/openid/openid-provider.js';
import type { OwnUsers } from './infrastructure/own-users/own-users.js';
import { JwtSessionTokens } from './infrastructure/session-tokens/jwt-session-tokens.js';
import type { TokenWay } from './interfaces/web/session-tokens/token-way.js';

/** The ways to sign in that configuration names, besides local accounts; `ownUsers` are the team's own. */
export function waysToSignIn(
  { issuer, signInProviders, trustedSessionTokens }: Pick<Config, 'issuer' | 'signInProviders' | 'trustedSessionTokens'>,
  ownUsers: OwnUsers | null = null,
): Pick<Foundations, 'upstreamProviders' | 'otherIssuers' | 'authenticators'> {
  const own = ownUsers ? [ownUsers] : [];
  return {
    upstreamProviders: signInProviders.map((settings) => new OpenidProvider(settings, `${issuer}/sign-in/with/${settings.id}/callback`)),
    otherIssuers: [...trustedSessionTokens, ...own],
    authenticators: own,
  };
}

/** Whose session tokens sign people in, and how they get here. */
export function tokenWays({ trustedSessionTokens }: Pick<Config, 'trustedSessionTokens'>): readonly TokenWay[] {
  return trustedSessionTokens.map(({ cookie, origins, loginUri, returnParameter, ...settings }) => {
    return { issuer: new JwtSessionTokens(settings), cookie, origins, loginUri, returnParameter };
  });
}
