import { Attempts } from '../application/attempts/attempts.js';
import { SignInAttempts } from '../application/attempts/sign-in-attempts.js';
import { AcceptSessionToken } from '../application/identities/accept-session-token.js';
import { AdmitIdentity } from '../application/identities/admit-identity.js';
import { BeginLinking } from '../application/identities/begin-linking.js';
import { BeginUpstreamSignIn } from '../application/identities/begin-upstream-sign-in.js';
import { FinishUpstreamSignIn } from '../application/identities/finish-upstream-sign-in.js';
import { ListWays } from '../application/identities/list-ways.js';
import { UnlinkIdentity } from '../application/identities/unlink-identity.js';
import { StartSession } from '../application/sessions/start-session.js';
import { ports, upstreamProviders } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideIdentities(provide: Provide, { config: { localAccounts }, upstreamProviders: providers, otherIssuers }: Given): void {
  const issuers = [...providers, ...otherIssuers];
  provide(AdmitIdentity, (get) => new AdmitIdentity(get(ports.identities), get(ports.users), get(ports.clock)));
  provide(
    AcceptSessionToken,
    (get) => new AcceptSessionToken(get(ports.idempotencyKeys), get(AdmitIdentity), get(StartSession), get(SignInAttempts), get(Attempts), get(ports.clock)),
  );
  provide(upstreamProviders, () => providers);
  provide(
    BeginUpstreamSignIn,
    (get) => new BeginUpstreamSignIn(get(upstreamProviders), get(ports.upstreamRequests), get(ports.authorizationRequests), get(Attempts), get(ports.clock)),
  );
  provide(
    FinishUpstreamSignIn,
    (get) =>
      new FinishUpstreamSignIn(
        get(upstreamProviders),
        get(ports.upstreamRequests),
        get(ports.identities),
        get(AdmitIdentity),
        get(StartSession),
        get(SignInAttempts),
        get(ports.clock),
      ),
  );
  provide(ListWays, (get) => new ListWays(get(ports.identities), issuers, localAccounts));
  provide(BeginLinking, (get) => new BeginLinking(get(BeginUpstreamSignIn), get(ports.clock)));
  provide(UnlinkIdentity, (get) => new UnlinkIdentity(get(ports.identities), issuers, localAccounts, get(ports.clock)));
}
