import { doneWords } from '../done-words.js';
import type { AdministratorRoutes } from '../person-routes.js';
import { DeleteResourceServerPage } from '../views/resources/delete-resource-server-page.js';
import { ResourceServerPage } from '../views/resources/resource-server-page.js';
import { ResourceServersPage } from '../views/resources/resource-servers-page.js';
import { resourceServersPath as path, type ResourceServerPages, resourceServerDoneWords } from './resource-server-pages.js';

/** `/admin/resource-servers`: all of them, one of them, and how it is removed. */
export function resourceServersController(routes: AdministratorRoutes, { resourceServers, issuer, clock }: ResourceServerPages): void {
  routes.get(path, async (visit) => {
    const servers = await resourceServers.list.execute();
    const done = doneWords(resourceServerDoneWords, visit.query.one('done'));
    return visit.show(ResourceServersPage({ frame: visit.frame('resource-servers'), servers, done }));
  });

  routes.get(`${path}/:serverId`, async (visit) => {
    const server = await resourceServers.show.execute({ id: visit.part('serverId') });
    const props = { server, issuer, viewerId: visit.person.id, now: clock.now(), done: doneWords(resourceServerDoneWords, visit.query.one('done')) };
    return visit.show(ResourceServerPage({ frame: visit.frame('resource-servers'), ...props }), { script: true });
  });

  routes.get(`${path}/:serverId/delete`, async (visit) => {
    const server = await resourceServers.show.execute({ id: visit.part('serverId') });
    return visit.show(DeleteResourceServerPage({ frame: visit.frame('resource-servers'), server }));
  });

  routes.post(`${path}/:serverId/delete`, async (visit) => {
    await resourceServers.remove.execute({ actor: visit.person, id: visit.part('serverId') });
    return visit.goTo(`${path}?done=deleted`);
  });
}
