import { InvalidScope } from '../../domain/errors.js';
import { signJwt } from '../../domain/keys/sign-jwt.js';
import { earlier, later } from '../../domain/moments.js';
import { targetOf } from '../../domain/resources/token-target.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';
import { accessTokenType, longestJwt } from '../../domain/tokens/jwt-access-token.js';
import { digestOf, type MintedToken, mintToken } from '../../domain/tokens/opaque-token.js';
import { uuid7 } from '../../domain/tokens/uuid7.js';
import type { KeyRing } from '../keys/key-ring.js';
import type { KnownResources } from '../resources/known-resources.js';
import type { ResourceDirectory } from '../resources/resource-directory.js';
import { type AccessTokenTerms, expiresInOf, type IssuedAccessToken } from './issue-tokens.js';
import type { Lifetimes } from './lifetimes.js';

/**
 * Makes an access token, the text for the client and the record for the store: opaque, or a JWT (RFC 9068) where the one resource that it is for, or else
 * its client, wants that. Both have a record, by which they are revoked and introspected. Throws `InvalidScope`, and `InvalidTarget` for a resource
 * that is not registered where those are refused.
 */
export class IssueAccessToken {
  constructor(
    private readonly directory: ResourceDirectory,
    private readonly known: Pick<KnownResources, 'check'>,
    private readonly keys: KeyRing,
    private readonly issuer: string,
  ) {}

  /** @param minted the opaque token to issue, where it is made already; a JWT does without */
  async execute(terms: AccessTokenTerms, lifetimes: Lifetimes, now: Date, minted?: MintedToken): Promise<IssuedAccessToken> {
    const asked = { resources: terms.resources, scopes: terms.scopes, format: terms.client.accessTokenFormat };
    const { resources, scopes, signedWith } = targetOf(asked, await this.directory.all());
    // Also those of a grant that was given when they were not refused, or whose resource server is gone.
    await this.known.check(resources);
    if (scopes.length === 0 && terms.scopes.length > 0) throw new InvalidScope('none of the scopes is of the resource that was asked for');
    const expiresAt = earlier(later(now, lifetimes.accessToken), terms.notAfter);
    const { userId, grantId, authenticatedAt } = terms;
    const clientId = terms.client.id;
    const expiresIn = expiresInOf({ issuedAt: now, expiresAt });
    if (signedWith === null) {
      const { id, token, digest } = minted ?? mintToken('at', now);
      const record = { id, digest, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt: now, expiresAt };
      return { text: token, record, expiresIn };
    }
    const id = uuid7(now);
    const about = { id, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt: now, expiresAt };
    const text = await signJwt(await this.keys.signer(signedWith, expiresAt), accessTokenType, this.claimsOf(about));
    if (text.length > longestJwt)
      throw new InvalidScope(`with all these scopes the access token would be longer than the ${longestJwt} characters that are read: ask for fewer scopes`);
    return { text, record: { ...about, digest: digestOf(Buffer.from(text)) }, expiresIn };
  }

  /** RFC 9068 §2.2, and the grant, by which whoever listens to revocations drops it. */
  private claimsOf(about: Omit<AccessToken, 'digest'>): Record<string, unknown> {
    const { id, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt } = about;
    return {
      iss: this.issuer,
      sub: userId ?? clientId,
      aud: resources.length === 1 ? resources[0] : resources,
      exp: seconds(expiresAt),
      iat: seconds(issuedAt),
      jti: id,
      client_id: clientId,
      scope: scopes.join(' '),
      // The same in all tokens of a grant: RFC 9068 §2.2.1 has it stay as it is through refreshes.
      ...(authenticatedAt && { auth_time: seconds(authenticatedAt) }),
      ...(grantId !== null && { grant_id: grantId }),
    };
  }
}

function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
