import type { AdministratorRoutes } from '../person-routes.js';
import { createResourceServerController } from './create-resource-server-controller.js';
import { editResourceServerController } from './edit-resource-server-controller.js';
import type { ResourceServerPages } from './resource-server-pages.js';
import { resourceServerSecretsController } from './resource-server-secrets-controller.js';
import { resourceServersController } from './resource-servers-controller.js';

/** Every page about resource servers, for administrators only. */
export function resourceServerControllers(routes: AdministratorRoutes, pages: ResourceServerPages): void {
  resourceServersController(routes, pages);
  createResourceServerController(routes, pages);
  editResourceServerController(routes, pages);
  resourceServerSecretsController(routes, pages);
}
