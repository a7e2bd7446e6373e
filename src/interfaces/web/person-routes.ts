import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../../domain/errors.js';
import type { User } from '../../domain/people/user.js';
import type { Pages } from './pages.js';
import type { SessionCookie } from './session-cookie.js';
import { signInAddress } from './sign-in-address.js';
import { Visit } from './visit.js';

type Handler = (visit: Visit) => Promise<FastifyReply>;

/** Adds addresses that only signed-in people reach; everybody else signs in first and then comes back. */
export class PersonRoutes {
  constructor(
    private readonly server: FastifyInstance,
    private readonly pages: Pages,
    private readonly session: SessionCookie,
  ) {}

  get(path: string, handler: Handler): void {
    this.server.get(path, (request, reply) => this.answer(request, reply, handler));
  }

  post(path: string, handler: Handler): void {
    this.server.post(path, { preHandler: this.server.csrfProtection }, (request, reply) => this.answer(request, reply, handler));
  }

  protected admits(_person: User): boolean {
    return true;
  }

  private async answer(request: FastifyRequest, reply: FastifyReply, handler: Handler): Promise<FastifyReply> {
    const signedIn = await this.session.signedIn(request);
    if (!signedIn) return reply.header('Cache-Control', 'no-store').redirect(signInAddress(request), 303);
    if (!this.admits(signedIn.user)) throw new NotFound('page');
    return handler(new Visit(request, reply, this.pages, signedIn));
  }
}

/** Adds addresses below `/admin`: for everybody but administrators there is nothing there. Its own kind, so that a controller of theirs takes no other. */
export class AdministratorRoutes extends PersonRoutes {
  readonly reachedBy = 'administrators';

  protected override admits({ admin }: User): boolean {
    return admin;
  }
}
