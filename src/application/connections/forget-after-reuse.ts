import type { Grant } from '../../domain/authorization/grant.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import { StorageUnavailable } from '../ports/storage-unavailable.js';
import type { ForgetConsent } from './forget-consent.js';

/**
 * A code or refresh token of a grant came again after it was used up, and the grant is revoked for it: somebody else may hold what the client holds (RFC 9700
 * §4.14.2). The person decides whether it is given anything more; a consent that they gave since the grant ended is that decision, and stays.
 */
export class ForgetAfterReuse {
  constructor(
    private readonly grants: Pick<GrantRepository, 'find'>,
    private readonly forgetConsent: ForgetConsent,
  ) {}

  async execute({ grantId, userId, clientId }: { readonly grantId: string } & Pick<Grant, 'userId' | 'clientId'>): Promise<void> {
    try {
      const grant = await this.grants.find(grantId);
      if (grant?.revoked) await this.forgetConsent.execute({ of: { userId, clientId }, givenUntil: grant.revoked.at });
    } catch (error) {
      // The grant has ended, and the client is to hear why; what the person agreed to is still theirs to forget.
      if (!(error instanceof StorageUnavailable)) throw error;
    }
  }
}
