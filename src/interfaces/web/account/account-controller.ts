import { doneWords } from '../done-words.js';
import { endedAlready } from '../ended-already.js';
import type { PersonRoutes } from '../person-routes.js';
import { AccountPage } from '../views/account/account-page.js';
import type { AccountPages } from './account-pages.js';
import { accountSections } from './account-sections.js';

const path = '/account';
const words: Readonly<Record<string, string>> = {
  'session-ended': 'That browser is signed out.',
  'password-changed': 'Your password is changed, and you are signed out everywhere else.',
  linked: 'That is linked: from now on you can sign in with it too.',
  unlinked: 'That is unlinked: it does not lead to your account any more.',
  'others-ended': 'You are signed out everywhere else.',
};

/** `/account`: who a person is here, and where they are signed in. */
export function accountController(routes: PersonRoutes, pages: AccountPages): void {
  const { endSession, endOtherSessions, linkableProviders } = pages;
  const sections = accountSections(pages);

  routes.get(path, async (visit) => {
    const frame = visit.frame('account');
    const cards = await Promise.all(sections.map((section) => section(visit, frame)));
    const page = AccountPage({ frame, cards, done: doneWords(words, visit.query.one('done')) });
    return visit.show(page, { leadsTo: linkableProviders.map(({ issuer }) => issuer) });
  });

  routes.post(`${path}/sessions/:sessionId/end`, async (visit) => {
    const { person } = visit;
    await endSession.execute({ actor: person, user: { id: person.id }, sessionId: visit.part('sessionId') }).catch(endedAlready);
    return visit.goTo(`${path}?done=session-ended`);
  });

  routes.post(`${path}/sessions/end-others`, async (visit) => {
    await endOtherSessions.execute({ actor: visit.person, userId: visit.person.id, except: visit.session.id });
    return visit.goTo(`${path}?done=others-ended`);
  });
  // Where somebody lands who had to sign in first, or whose form was too old.
  routes.get(`${path}/sessions/*`, async (visit) => visit.goTo(path));
}
