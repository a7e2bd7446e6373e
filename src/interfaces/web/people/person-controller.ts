import { doneWords } from '../done-words.js';
import { endedAlready } from '../ended-already.js';
import type { AdministratorRoutes } from '../person-routes.js';
import { BrowsersCard } from '../views/account/browsers-card.js';
import { PersonPage } from '../views/people/person-page.js';
import type { PeoplePages } from './people-pages.js';

const path = '/admin/users/:userId';
const words: Readonly<Record<string, string>> = {
  'session-ended': 'That browser is signed out.',
  'others-ended': 'They are signed out everywhere.',
};

/** `/admin/users/:userId`: one person, and where they are signed in. */
export function personController(routes: AdministratorRoutes, { showUser, listSessions, endSession, endOtherSessions, cursor, clock }: PeoplePages): void {
  const pageOf = (userId: string) => `/admin/users/${encodeURIComponent(userId)}`;

  routes.get(path, async (visit) => {
    const { person, session, query } = visit;
    const user = await showUser.execute({ id: visit.part('userId') });
    const own = pageOf(user.id);
    const view = { list: `sessions of ${user.id}`, person };
    const page = cursor.page(view, query.one('after'));
    const { items, next } = await listSessions.execute({ actor: person, user: { id: user.id }, page });
    const frame = visit.frame('people');
    const browsers = BrowsersCard({
      sessions: items,
      own: user.id === person.id,
      path: `${own}/sessions`,
      current: session.id,
      now: clock.now(),
      csrfToken: frame.csrfToken,
      ...cursor.links(view, own, page, next),
    });
    return visit.show(PersonPage({ frame, user, browsers, done: doneWords(words, query.one('done')) }));
  });

  routes.post(`${path}/sessions/:sessionId/end`, async (visit) => {
    const user = await showUser.execute({ id: visit.part('userId') });
    await endSession.execute({ actor: visit.person, user: { id: user.id }, sessionId: visit.part('sessionId') }).catch(endedAlready);
    return visit.goTo(`${pageOf(user.id)}?done=session-ended`);
  });

  routes.post(`${path}/sessions/end-others`, async (visit) => {
    const user = await showUser.execute({ id: visit.part('userId') });
    // Of their own, the one in which they look stays.
    await endOtherSessions.execute({ actor: visit.person, userId: user.id, except: user.id === visit.person.id ? visit.session.id : null });
    return visit.goTo(`${pageOf(user.id)}?done=others-ended`);
  });
  // Where somebody lands who had to sign in first, or whose form was too old.
  routes.get(`${path}/sessions/*`, async (visit) => visit.goTo(pageOf(visit.part('userId'))));
}
