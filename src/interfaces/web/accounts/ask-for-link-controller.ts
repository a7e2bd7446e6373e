import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AskForLink, AskForLinkInput } from '../../../application/accounts/ask-for-link.js';
import { InvalidInput, type Problem } from '../../../domain/errors.js';
import { formOf } from '../../http/form.js';
import { destinationOf } from '../sign-in-address.js';
import { AskForLinkPage } from '../views/accounts/ask-for-link-page.js';
import { messages } from '../views/messages.js';
import type { LinkPages } from './link-pages.js';

/** `/forgot-password`, and `/register` where people may make accounts themselves. */
export function askForLinkController(server: FastifyInstance, { pages, askForLink, registration }: LinkPages): void {
  if (!askForLink) return;
  page(server, pages, askForLink, '/forgot-password', 'reset');
  if (registration) page(server, pages, askForLink, '/register', 'register');
}

function page(server: FastifyInstance, pages: LinkPages['pages'], askForLink: AskForLink, path: string, reason: AskForLinkInput['reason']): void {
  const show = (reply: FastifyReply, requestId: string | null, email = '', problems: readonly Problem[] = []) => {
    const action = requestId === null ? path : `${path}?request=${encodeURIComponent(requestId)}`;
    const view = AskForLinkPage({ site: pages.site, csrfToken: reply.generateCsrf(), action, reason, email, problems });
    return pages.send(reply, view, { status: problems.length > 0 ? 422 : 200 });
  };

  server.get(path, async (request, reply) => show(reply, destinationOf(request).requestId));

  server.post(path, { preHandler: server.csrfProtection }, async (request, reply) => {
    const { requestId } = destinationOf(request);
    const email = formOf(request).one('email') ?? '';
    try {
      await askForLink.execute({ email, reason, from: request.ip, requestId });
    } catch (error) {
      if (error instanceof InvalidInput) return show(reply, requestId, email, error.problems);
      throw error;
    }
    return pages.message(reply, 200, messages.lookIntoYourMail(email));
  });
}
