import type { PersonRoutes } from '../person-routes.js';
import type { SessionCookie } from '../session-cookie.js';
import { DeleteAccountPage } from '../views/account/delete-account-page.js';
import { messages } from '../views/messages.js';
import type { Visit } from '../visit.js';
import type { AccountPages } from './account-pages.js';

const path = '/account/delete';

/** `/account/delete`: a person deletes their own account. */
export function deleteAccountController(routes: PersonRoutes, session: SessionCookie, { listClients, deleteOwnAccount }: AccountPages): void {
  const question = async (visit: Visit) => {
    const { person } = visit;
    const { items, next } = await listClients.execute({ actor: { id: person.id, admin: false }, page: { limit: 20 } });
    return DeleteAccountPage({ frame: visit.frame('account'), person, clients: items, more: next !== null });
  };

  routes.get(path, async (visit) => visit.show(await question(visit)));

  routes.post(path, async (visit) => {
    const outcome = await deleteOwnAccount.execute({ user: visit.person, session: visit.session });
    if (outcome === 'sign_in_first') return visit.goTo(`/sign-in?again=yes&next=${encodeURIComponent(path)}`);
    if (outcome === 'administrator') return visit.show(await question(visit), { status: 403 });
    session.clear(visit.reply);
    return visit.message(200, messages.accountDeleted());
  });
}
