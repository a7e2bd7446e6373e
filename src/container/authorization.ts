import { Attempts } from '../application/attempts/attempts.js';
import { Authorize } from '../application/authorization/authorize.js';
import { AuthorizeDevice } from '../application/authorization/authorize-device.js';
import { ChooseAccount } from '../application/authorization/choose-account.js';
import { ContinueAuthorization } from '../application/authorization/continue-authorization.js';
import { DecideAuthorization } from '../application/authorization/decide-authorization.js';
import { GiveGrant } from '../application/authorization/give-grant.js';
import { OpenOnDevice } from '../application/authorization/open-on-device.js';
import { OpenPushed } from '../application/authorization/open-pushed.js';
import { PushAuthorization } from '../application/authorization/push-authorization.js';
import { UserCodes } from '../application/authorization/user-codes.js';
import { KeepClient } from '../application/clients/keep-client.js';
import { NamedClients } from '../application/clients/named-clients.js';
import { ForgetIfRevoked } from '../application/connections/forget-if-revoked.js';
import { KnownResources } from '../application/resources/known-resources.js';
import { AuthenticateClient } from '../application/tokens/authenticate-client.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideAuthorization(provide: Provide, { secretKeys }: Given): void {
  provide(Authorize, (get) => new Authorize(get(NamedClients), get(ports.authorizationRequests), get(Attempts), get(KnownResources), get(ports.clock)));
  provide(
    GiveGrant,
    (get) => new GiveGrant(get(ports.authorizationRequests), get(ports.grants), get(ports.authorizationCodes), get(KeepClient), get(ports.clock)),
  );
  provide(
    ContinueAuthorization,
    (get) =>
      new ContinueAuthorization(get(ports.authorizationRequests), get(NamedClients), get(ports.consents), get(GiveGrant), get(UserCodes), get(ports.clock)),
  );
  provide(PushAuthorization, (get) => new PushAuthorization(get(AuthenticateClient), get(Authorize)));
  provide(OpenPushed, (get) => new OpenPushed(get(ports.authorizationRequests), get(ports.clock)));
  provide(UserCodes, () => new UserCodes(secretKeys));
  provide(
    AuthorizeDevice,
    (get) =>
      new AuthorizeDevice(get(AuthenticateClient), get(ports.authorizationRequests), get(UserCodes), get(Attempts), get(KnownResources), get(ports.clock)),
  );
  provide(OpenOnDevice, (get) => new OpenOnDevice(get(ports.authorizationRequests), get(UserCodes), get(Attempts), get(ports.clock)));
  provide(ChooseAccount, (get) => new ChooseAccount(get(ports.authorizationRequests)));
  provide(
    DecideAuthorization,
    (get) =>
      new DecideAuthorization(
        get(ports.authorizationRequests),
        get(NamedClients),
        get(ports.consents),
        get(GiveGrant),
        get(ForgetIfRevoked),
        get(UserCodes),
        get(ports.clock),
      ),
  );
}
