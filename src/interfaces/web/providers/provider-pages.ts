import type { BeginUpstreamSignIn } from '../../../application/identities/begin-upstream-sign-in.js';
import type { FinishUpstreamSignIn } from '../../../application/identities/finish-upstream-sign-in.js';
import type { UpstreamProvider } from '../../../application/ports/upstream-provider.js';

/** What signing in at a provider takes from the application. */
export interface ProviderPages {
  readonly providers: readonly Pick<UpstreamProvider, 'id' | 'name' | 'issuer'>[];
  /** Whether people can sign in without a provider, too. */
  readonly others: boolean;
  readonly beginUpstreamSignIn: BeginUpstreamSignIn;
  readonly finishUpstreamSignIn: FinishUpstreamSignIn;
}
