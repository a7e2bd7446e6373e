import { consentUnder } from '../../domain/authorization/grant.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import { StorageUnavailable } from '../ports/storage-unavailable.js';
import type { ForgetConsent } from './forget-consent.js';

/**
 * Forgets what a person agreed to with a grant that was revoked: for a code or refresh token that came again after it was used up, when somebody else may hold what
 * the client holds (RFC 9700 §4.14.2), or in the very moment in which it was given. The person decides whether the client is given anything more; a consent that they
 * gave since is that decision, and stays.
 */
export class ForgetIfRevoked {
  constructor(
    private readonly grants: Pick<GrantRepository, 'find'>,
    private readonly forgetConsent: ForgetConsent,
  ) {}

  async execute({ grantId }: { readonly grantId: string }): Promise<void> {
    const grant = await this.grants.find(grantId);
    if (grant?.revoked) await this.forgetConsent.execute(consentUnder(grant));
  }

  /** The same where the store may be away: the grant has ended, the client is to hear why, and what the person agreed to is still theirs to forget. */
  async ifPossible(grant: { readonly grantId: string }): Promise<void> {
    try {
      await this.execute(grant);
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
    }
  }
}
