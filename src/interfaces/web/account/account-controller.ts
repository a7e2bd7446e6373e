import { NotFound } from '../../../domain/errors.js';
import type { PersonRoutes } from '../person-routes.js';
import { AccountPage } from '../views/account/account-page.js';
import type { AccountPages } from './account-pages.js';
import { accountSections } from './account-sections.js';

const path = '/account';
const doneWords: Readonly<Record<string, string>> = {
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
    const word = visit.query.one('done') ?? '';
    const page = AccountPage({ frame, cards, done: Object.hasOwn(doneWords, word) ? doneWords[word] : undefined });
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

/** It ended meanwhile, as the person wanted; that it never was there nobody need know. */
function endedAlready(error: unknown): void {
  if (!(error instanceof NotFound)) throw error;
}
