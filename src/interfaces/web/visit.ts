import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { SignedIn } from '../../application/sessions/find-session.js';
import type { Session } from '../../domain/people/session.js';
import type { User } from '../../domain/people/user.js';
import { formOf, queryOf } from '../http/form.js';
import type { Parameters } from '../http/parameters.js';
import { onceField } from './once-field.js';
import type { Pages } from './pages.js';
import { type Section, sectionsFor } from './sections.js';
import type { PagePolicy } from './security-headers.js';
import type { PersonFrame } from './views/layout.js';
import type { Message } from './views/message-page.js';

/** Fields of our forms with several boxes to tick. */
const lists = ['grantTypes', 'scopes', 'optionalScopes'];

/** One request of a signed-in person. */
export class Visit {
  private csrfToken: string | undefined;

  constructor(
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    private readonly pages: Pages,
    private readonly signedIn: SignedIn,
  ) {}

  get person(): User {
    return this.signedIn.user;
  }

  /** The session in which they are here. */
  get session(): Session {
    return this.signedIn.session;
  }

  get query(): Parameters {
    return queryOf(this.request);
  }

  /** A part of the address. */
  part(name: string): string {
    return (this.request.params as Record<string, string>)[name] as string;
  }

  /** The form that was posted. Throws `InvalidRequest` when there is none, or it cannot be read. */
  form(): Parameters {
    return formOf(this.request, lists);
  }

  /** The name of the form on the page, the same when the form comes back with mistakes. */
  onceName(): string {
    return this.request.method === 'POST' ? (this.form().one(onceField) ?? randomUUID()) : randomUUID();
  }

  /** What surrounds a page for this person. */
  frame(section: Section): PersonFrame {
    this.csrfToken ??= this.reply.generateCsrf();
    const viewer = { email: this.person.email, signOutAction: '/sign-out', csrfToken: this.csrfToken };
    return { site: this.pages.site, viewer, nav: sectionsFor(this.person, section), csrfToken: this.csrfToken };
  }

  show(view: VNode, options: { status?: number } & PagePolicy = {}): FastifyReply {
    return this.pages.send(this.reply, view, options);
  }

  /** A page that only says something. */
  message(status: number, message: Message): FastifyReply {
    return this.pages.message(this.reply, status, message);
  }

  /** After a change: so that a reload does not repeat it. */
  goTo(path: string): FastifyReply {
    return this.reply.header('Cache-Control', 'no-store').redirect(path, 303);
  }
}
