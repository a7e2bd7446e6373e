import type { ShowUser } from '../../../application/people/show-user.js';
import type { Client } from '../../../domain/clients/client.js';
import { NotFound } from '../../../domain/errors.js';
import { clientDoneWords } from '../clients/client-done-words.js';
import { doneWords } from '../done-words.js';
import type { AdministratorRoutes } from '../person-routes.js';
import { ClientsPage } from '../views/clients/clients-page.js';
import type { PeoplePages } from './people-pages.js';

const path = '/admin/clients';

/** `/admin/clients`: everybody's clients, and those that belong to nobody. */
export function allClientsController(routes: AdministratorRoutes, { listClients, showUser, cursor }: PeoplePages): void {
  routes.get(path, async (visit) => {
    const { person, query } = visit;
    const view = { list: 'all-clients', person };
    const page = cursor.page(view, query.one('after'));
    const { items, next } = await listClients.execute({ actor: person, page });
    const links = cursor.links(view, path, page, next);
    const owners = await ownersOf(items, showUser);
    return visit.show(
      ClientsPage({ frame: visit.frame('all-clients'), clients: items, owners, ...links, done: doneWords(clientDoneWords, query.one('done')) }),
    );
  });
}

/** The e-mail addresses of a page's owners, by their ids. */
async function ownersOf(clients: readonly Client[], showUser: ShowUser): Promise<Map<string, string>> {
  const ids = [...new Set(clients.flatMap(({ ownerId }) => ownerId ?? []))];
  const found = await Promise.all(ids.map((id) => showUser.execute({ id }).catch(nobody)));
  return new Map(found.flatMap((user) => (user ? [[user.id, user.email] as const] : [])));
}

function nobody(error: unknown): null {
  if (error instanceof NotFound) return null;
  throw error;
}
