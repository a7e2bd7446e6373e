import type { Person } from '../../../application/clients/actor.js';
import { NotFound } from '../../../domain/errors.js';
import { doneWords } from '../done-words.js';
import type { PersonRoutes } from '../person-routes.js';
import { asRemembered } from '../views/connections/as-remembered.js';
import { ConnectedAppsPage } from '../views/connections/connected-apps-page.js';
import { DisconnectPage } from '../views/connections/disconnect-page.js';
import type { ConnectionPages } from './connection-pages.js';

const path = '/connected-apps';

/** What a page says after a change. */
const done = {
  disconnected: 'The app is disconnected: it can no longer act for you.',
  ask: 'You will be asked before the app connects again.',
  both: 'The app had connected again meanwhile. It is disconnected, and you will be asked before it connects again.',
};

/** `/connected-apps`: what acts for the person who asks, or may without asking, and the way to end it. */
export function connectedAppsController(routes: PersonRoutes, pages: ConnectionPages): void {
  const { listConnectedApps, showConnectedApp, disconnectApp, knownScopes, cursor, clock } = pages;

  /** Whether an app acts for the person. How many grants an end of them counts does not tell: those that are over are among them. */
  const acts = async (of: { readonly actor: Person; readonly clientId: string }): Promise<boolean> => {
    try {
      return (await showConnectedApp.execute(of)).live;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  };

  routes.get(path, async (visit) => {
    const { person, query } = visit;
    const view = { list: 'connected-apps', person };
    const page = cursor.page(view, query.one('after'));
    const { items, next } = await listConnectedApps.execute({ actor: person, page });
    const links = cursor.links(view, path, page, next);
    const catalogue = await knownScopes.all();
    return visit.show(
      ConnectedAppsPage({
        frame: visit.frame('connected-apps'),
        connections: items,
        catalogue,
        now: clock.now(),
        ...links,
        done: doneWords(done, query.one('done')),
      }),
    );
  });

  routes.get(`${path}/:clientId/disconnect`, async (visit) => {
    const connection = await showConnectedApp.execute({ actor: visit.person, clientId: visit.part('clientId') });
    return visit.show(DisconnectPage({ frame: visit.frame('connected-apps'), connection }));
  });

  routes.post(`${path}/:clientId/disconnect`, async (visit) => {
    const of = { actor: visit.person, clientId: visit.part('clientId') };
    const remembered = visit.form().one(asRemembered.name) === asRemembered.value;
    const acted = remembered && (await acts(of));
    await disconnectApp.execute(of);
    return visit.goTo(`${path}?done=${remembered ? (acted ? 'both' : 'ask') : 'disconnected'}`);
  });
}
