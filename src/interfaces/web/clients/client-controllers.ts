import type { PersonRoutes } from '../person-routes.js';
import type { ClientPages } from './client-pages.js';
import { clientSecretsController } from './client-secrets-controller.js';
import { createClientController } from './create-client-controller.js';
import { editClientController } from './edit-client-controller.js';
import { listClientsController } from './list-clients-controller.js';
import { retireClientController } from './retire-client-controller.js';
import { showClientController } from './show-client-controller.js';

/** Every page about clients. */
export function clientControllers(routes: PersonRoutes, pages: ClientPages): void {
  listClientsController(routes, pages);
  createClientController(routes, pages);
  showClientController(routes, pages);
  editClientController(routes, pages);
  clientSecretsController(routes, pages);
  retireClientController(routes, pages);
}
