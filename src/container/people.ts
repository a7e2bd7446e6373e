import { PasswordRules } from '../application/accounts/password-rules.js';
import { SignInAttempts } from '../application/attempts/sign-in-attempts.js';
import { EndAccess } from '../application/connections/end-access.js';
import { AdmitIdentity } from '../application/identities/admit-identity.js';
import { CreateUser } from '../application/people/create-user.js';
import { DeleteOwnAccount } from '../application/people/delete-own-account.js';
import { DeleteUser } from '../application/people/delete-user.js';
import { DemoteUser } from '../application/people/demote-user.js';
import { DisableUser } from '../application/people/disable-user.js';
import { EnableUser } from '../application/people/enable-user.js';
import { ListUsers } from '../application/people/list-users.js';
import { LocalAccounts } from '../application/people/local-accounts.js';
import { PromoteUser } from '../application/people/promote-user.js';
import { ShowUser } from '../application/people/show-user.js';
import { SignIn } from '../application/people/sign-in.js';
import { StartSession } from '../application/sessions/start-session.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function providePeople(provide: Provide, { config: { localAccounts }, authenticators }: Given): void {
  provide(LocalAccounts, (get) => new LocalAccounts(get(ports.users), get(ports.passwordHasher)));
  provide(
    SignIn,
    (get) => new SignIn([...(localAccounts ? [get(LocalAccounts)] : []), ...authenticators], get(SignInAttempts), get(AdmitIdentity), get(StartSession)),
  );
  provide(CreateUser, (get) => new CreateUser(get(ports.users), get(ports.passwordHasher), get(PasswordRules), localAccounts, get(ports.clock)));
  provide(ListUsers, (get) => new ListUsers(get(ports.users)));
  provide(ShowUser, (get) => new ShowUser(get(ports.users)));
  provide(PromoteUser, (get) => new PromoteUser(get(ports.users)));
  provide(DemoteUser, (get) => new DemoteUser(get(ports.users)));
  provide(DisableUser, (get) => new DisableUser(get(ports.users), get(ports.sessions), get(ports.clients), get(EndAccess), get(ports.clock)));
  provide(DeleteUser, (get) => new DeleteUser(get(ports.users), get(ports.sessions), get(ports.grants), get(ports.clients), get(ports.clock)));
  provide(DeleteOwnAccount, (get) => new DeleteOwnAccount(get(DeleteUser), get(ports.clock)));
  provide(EnableUser, (get) => new EnableUser(get(ports.users), get(ports.clients)));
}
