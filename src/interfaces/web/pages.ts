import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { renderPage } from './render.js';
import { type PagePolicy, setSecurityHeaders } from './security-headers.js';
import type { Site } from './views/layout.js';
import { type Message, MessagePage } from './views/message-page.js';

/** Sends pages of one site, each with the headers that every page carries. */
export class Pages {
  constructor(
    readonly site: Site,
    readonly https: boolean,
  ) {}

  /** `leadsTo`: where the forms on this page may end. `script`: it may run scripts of ours. */
  send(reply: FastifyReply, view: VNode, { status = 200, ...policy }: { status?: number } & PagePolicy = {}): FastifyReply {
    setSecurityHeaders(reply, this.https, policy);
    return reply.code(status).type('text/html; charset=utf-8').send(renderPage(view));
  }

  /** A page that only says something. */
  message(reply: FastifyReply, status: number, message: Message): FastifyReply {
    return this.send(reply, MessagePage({ site: this.site, message }), { status });
  }
}
