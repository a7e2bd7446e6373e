import type { Config } from './config.js';
import type { Foundations } from './container.js';
import { OpenidProvider } from './infrastructure/openid/openid-provider.js';
import { JwtSessionTokens } from './infrastructure/session-tokens/jwt-session-tokens.js';
import type { TokenWay } from './interfaces/web/session-tokens/token-way.js';

/** The ways to sign in that configuration names, besides local accounts. */
export function waysToSignIn({ issuer, signInProviders }: Pick<Config, 'issuer' | 'signInProviders'>): Pick<Foundations, 'upstreamProviders'> {
  return { upstreamProviders: signInProviders.map((settings) => new OpenidProvider(settings, `${issuer}/sign-in/with/${settings.id}/callback`)) };
}

/** Whose session tokens sign people in, and how they get here. */
export function tokenWays({ trustedSessionTokens }: Pick<Config, 'trustedSessionTokens'>): readonly TokenWay[] {
  return trustedSessionTokens.map(({ cookie, origins, loginUri, returnParameter, ...settings }) => {
    return { issuer: new JwtSessionTokens(settings), cookie, origins, loginUri, returnParameter };
  });
}
