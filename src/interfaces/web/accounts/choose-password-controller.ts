import type { FastifyInstance } from 'fastify';
import { InvalidInput } from '../../../domain/errors.js';
import { formOf, queryOf } from '../../http/form.js';
import { ChoosePasswordPage } from '../views/accounts/choose-password-page.js';
import { messages } from '../views/messages.js';
import { LinkCookie } from './link-cookie.js';
import type { LinkPages } from './link-pages.js';

/** `/account-link`, where a mailed link leads, and `/choose-password`, where it is used. */
export function choosePasswordController(server: FastifyInstance, { pages, device, findLink, choosePassword }: LinkPages): void {
  const cookie = new LinkCookie(pages.https);
  const gone = messages.linkSpent();

  server.get('/account-link', { exposeHeadRoute: false }, async (request, reply) => {
    cookie.set(reply, queryOf(request).usable('token') ?? '');
    return reply.header('Cache-Control', 'no-store').header('Referrer-Policy', 'no-referrer').redirect('/choose-password', 303);
  });

  server.get('/choose-password', async (request, reply) => {
    const link = await findLink.execute(cookie.token(request));
    if (!link) return pages.message(reply, 410, gone);
    return pages.send(
      reply,
      ChoosePasswordPage({ site: pages.site, csrfToken: reply.generateCsrf(), email: link.email, isNew: link.userId === null, problems: [] }),
    );
  });

  server.post('/choose-password', { preHandler: server.csrfProtection }, async (request, reply) => {
    const token = cookie.token(request);
    try {
      const result = await choosePassword.execute({ token, password: formOf(request).one('password') ?? '', from: request.ip });
      if (result.outcome === 'link_spent') return pages.message(reply, 410, gone);
      cookie.clear(reply);
      device.set(reply, result.device);
      const { requestId } = result.link;
      return pages.message(reply, 200, messages.passwordChosen(requestId === null ? '/sign-in' : `/sign-in?request=${encodeURIComponent(requestId)}`));
    } catch (error) {
      const link = error instanceof InvalidInput ? await findLink.execute(token) : null;
      if (!(error instanceof InvalidInput) || !link) throw error;
      const view = ChoosePasswordPage({
        site: pages.site,
        csrfToken: reply.generateCsrf(),
        email: link.email,
        isNew: link.userId === null,
        problems: error.problems,
      });
      return pages.send(reply, view, { status: 422 });
    }
  });
}
