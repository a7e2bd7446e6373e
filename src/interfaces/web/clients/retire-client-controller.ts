import { owns } from '../../../application/clients/actor.js';
import { mustBeRegisteredHere } from '../../../application/clients/registered-here.js';
import { InvalidInput } from '../../../domain/errors.js';
import { clientPath } from '../../client-path.js';
import type { PersonRoutes } from '../person-routes.js';
import { DeleteClientPage } from '../views/clients/delete-client-page.js';
import { EndAccessPage } from '../views/clients/end-access-page.js';
import type { Visit } from '../visit.js';
import type { ClientPages } from './client-pages.js';
import { clientsList } from './clients-list.js';

/** Switching a client off and on, ending all its access, and deleting it. */
export function retireClientController(routes: PersonRoutes, pages: ClientPages): void {
  const { showClient, setClientDisabled, deleteClient, clientReach, revokeClientTokens } = pages;
  for (const word of ['disable', 'enable'] as const) {
    routes.post(`/clients/:clientId/${word}`, async (visit) => {
      const clientId = visit.part('clientId');
      try {
        await setClientDisabled.execute({ actor: visit.person, clientId, disabled: word === 'disable' });
      } catch (error) {
        // The page has since learnt who disabled it, and says so where the button was.
        if (error instanceof InvalidInput) return visit.goTo(clientPath(clientId));
        throw error;
      }
      return visit.goTo(`${clientPath(clientId)}?done=${word}d`);
    });
    // Where somebody lands who had to sign in first, or whose form was too old.
    routes.get(`/clients/:clientId/${word}`, async (visit) => visit.goTo(clientPath(visit.part('clientId'))));
  }

  /** Of which client it is asked whether its access, or itself, shall end, and whom that concerns. */
  const concerned = async (visit: Visit) => {
    const client = await showClient.execute({ actor: visit.person, clientId: visit.part('clientId') });
    const reach = await clientReach.execute({ actor: visit.person, clientId: client.id });
    return { frame: visit.frame(clientsList(visit.person, client).section), client, reach };
  };

  routes.get('/clients/:clientId/end-access', async (visit) => {
    const shown = await concerned(visit);
    return visit.show(EndAccessPage({ ...shown, byOwner: owns(visit.person, shown.client) }));
  });

  routes.post('/clients/:clientId/end-access', async (visit) => {
    const clientId = visit.part('clientId');
    await revokeClientTokens.execute({ actor: visit.person, clientId });
    return visit.goTo(`${clientPath(clientId)}?done=access-ended`);
  });

  routes.get('/clients/:clientId/delete', async (visit) => {
    const shown = await concerned(visit);
    mustBeRegisteredHere(shown.client, 'deleted');
    return visit.show(DeleteClientPage(shown));
  });

  routes.post('/clients/:clientId/delete', async (visit) => {
    const client = await showClient.execute({ actor: visit.person, clientId: visit.part('clientId') });
    await deleteClient.execute({ actor: visit.person, clientId: client.id });
    return visit.goTo(`${clientsList(visit.person, client).href}?done=deleted`);
  });
}
