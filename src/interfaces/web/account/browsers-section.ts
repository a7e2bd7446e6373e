import { BrowsersCard } from '../views/account/browsers-card.js';
import type { AccountPages } from './account-pages.js';
import type { AccountSection } from './account-section.js';

/** Where the person is signed in. */
export function browsersSection({ listSessions, cursor, clock }: AccountPages): AccountSection {
  return async ({ person, session, query }, frame) => {
    const view = { list: 'sessions', person };
    const page = cursor.page(view, query.one('after'));
    const { items, next } = await listSessions.execute({ actor: person, user: { id: person.id }, page });
    const links = cursor.links(view, '/account', page, next);
    return BrowsersCard({ sessions: items, own: true, path: '/account/sessions', current: session.id, now: clock.now(), csrfToken: frame.csrfToken, ...links });
  };
}
