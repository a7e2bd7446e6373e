import type { FastifyInstance, InjectOptions } from 'fastify';

export interface Message {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** Sends one request and follows nothing. */
export type Transport = (url: string | URL, message?: Message) => Promise<Response>;

/** Straight into the server, without a socket. */
export function overInject(server: FastifyInstance): Transport {
  return async (url, { method = 'GET', headers = {}, body } = {}) => {
    const target = new URL(url, 'http://localhost:3000');
    const options = { method, url: target.pathname + target.search, headers: { host: target.host, ...headers }, ...(body !== undefined && { payload: body }) };
    const reply = await server.inject(options as InjectOptions);
    const answer = new Headers();
    for (const [name, value] of Object.entries(reply.headers)) for (const one of [value].flat()) answer.append(name, String(one));
    return new Response([204, 304].includes(reply.statusCode) ? null : new Uint8Array(reply.rawPayload), { status: reply.statusCode, headers: answer });
  };
}

/** Over the wire. */
export const overFetch: Transport = (url, { body, ...message } = {}) =>
  fetch(url, { redirect: 'manual', ...message, ...(body !== undefined && { body: body as BodyInit }) });
