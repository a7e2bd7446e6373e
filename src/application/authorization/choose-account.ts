import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { SignedIn } from '../sessions/find-session.js';

export interface ChooseAccountInput {
  readonly requestId: string;
  readonly signedIn: SignedIn;
  /** Whom the page offered; another tab may have signed in someone else since. */
  readonly offered: string;
}

/** The person goes on with the account in which they are signed in; the request remembers it, and its next step does not ask again. */
export class ChooseAccount {
  constructor(private readonly requests: AuthorizationRequestRepository) {}

  async execute({ requestId, signedIn: { user }, offered }: ChooseAccountInput): Promise<void> {
    if (offered === user.id) await this.requests.chooseAccount(requestId, user.id);
  }
}
