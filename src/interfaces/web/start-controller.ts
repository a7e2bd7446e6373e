import type { FastifyInstance } from 'fastify';
import type { Pages } from './pages.js';
import { sectionLinksFor, sectionsFor } from './sections.js';
import type { SessionCookie } from './session-cookie.js';
import { StartPage } from './views/start-page.js';

/** `/`: what runs here, and what a person can do. */
export function startController(server: FastifyInstance, issuer: string, session: SessionCookie, pages: Pages): void {
  server.get('/', async (request, reply) => {
    const signedIn = await session.signedIn(request);
    const viewer = signedIn ? { email: signedIn.user.email, signOutAction: '/sign-out', csrfToken: reply.generateCsrf() } : undefined;
    const own = signedIn ? { nav: sectionsFor(signedIn.user, 'start'), links: sectionLinksFor(signedIn.user) } : {};
    return pages.send(reply, StartPage({ site: pages.site, issuer, signInHref: '/sign-in', viewer, ...own }), { script: true });
  });
}
