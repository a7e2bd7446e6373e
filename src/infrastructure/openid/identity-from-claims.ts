import type { Identity } from '../../domain/people/identity.js';

/** How the claims of an issuer are read. */
export interface IdentityClaims {
  readonly claims: { readonly email: string; readonly emailVerified: string; readonly name: string };
  /** The issuer verifies every address, and need not say so in each token. One that it says is not verified is not. */
  readonly trustEmail: boolean;
}

/** Who the claims speak of. `iss` and `sub` were verified before. */
export function identityFromClaims(
  claims: Readonly<Record<string, unknown>> & { iss: string; sub: string },
  { claims: names, trustEmail }: IdentityClaims,
): Identity {
  const verified = claims[names.emailVerified];
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: textOf(claims[names.email]),
    // Some providers write the boolean of OpenID Connect Core §5.1 as text.
    emailVerified: verified === true || verified === 'true' || (verified === undefined && trustEmail),
    username: textOf(claims[names.name]) ?? textOf(claims.preferred_username),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
