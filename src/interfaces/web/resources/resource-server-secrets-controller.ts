import type { ResourceServer } from '../../../domain/resources/resource-server.js';
import type { AdministratorRoutes } from '../person-routes.js';
import { secretRoutes } from '../secrets/secret-routes.js';
import { holderOfSecrets } from '../views/resources/holder-of-secrets.js';
import { ResourceServerMadePage } from '../views/resources/resource-server-made-page.js';
import { type ResourceServerPages, resourceServersPath } from './resource-server-pages.js';

/** `/admin/resource-servers/{id}/secrets`. */
export function resourceServerSecretsController(routes: AdministratorRoutes, { resourceServers, issuer, ...tools }: ResourceServerPages): void {
  secretRoutes<ResourceServer>(routes, tools, {
    path: `${resourceServersPath}/:serverId`,
    find: (visit) => resourceServers.show.execute({ id: visit.part('serverId') }),
    view: (server) => ({ ...holderOfSecrets(server), section: 'resource-servers', mayHaveMore: true }),
    add: async ({ id }, { person }, chosen) => (await resourceServers.addSecret.execute({ actor: person, id, ...chosen })).plain,
    made: (server, visit, secret) => ResourceServerMadePage({ frame: visit.frame('resource-servers'), title: 'The secret is ready', issuer, server, secret }),
    remove: ({ id }, { person }, secretId) => resourceServers.removeSecret.execute({ actor: person, id, secretId }),
  });
}
