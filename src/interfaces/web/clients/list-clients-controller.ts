import { doneWords } from '../done-words.js';
import type { PersonRoutes } from '../person-routes.js';
import { ClientsPage } from '../views/clients/clients-page.js';
import { clientDoneWords } from './client-done-words.js';
import type { ClientPages } from './client-pages.js';

/** `/clients`: the clients of the person who asks. */
export function listClientsController(routes: PersonRoutes, { listClients, cursor }: ClientPages): void {
  routes.get('/clients', async (visit) => {
    const { person, query } = visit;
    const view = { list: 'clients', person };
    const page = cursor.page(view, query.one('after'));
    // Administrators too see here what is their own.
    const { items, next } = await listClients.execute({ actor: person, owner: { id: person.id }, page });
    const links = cursor.links(view, '/clients', page, next);
    return visit.show(ClientsPage({ frame: visit.frame('clients'), clients: items, ...links, done: doneWords(clientDoneWords, query.one('done')) }));
  });
}
