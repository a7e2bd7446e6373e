import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, personOf } from '../../application/clients/actor.js';
import type { PageRequest } from '../../application/ports/page.js';
import type { Authenticate } from '../../application/tokens/authenticate.js';
import { InvalidInput, NotFound, Outdated } from '../../domain/errors.js';
import { authenticateBearer } from '../http/bearer-token.js';
import { apiActor } from './api-actor.js';
import type { CursorScope, Cursors } from './cursors.js';
import { idempotencyKey, onlyOnce } from './only-once.js';
import type { Operation } from './operation.js';
import { ApiProblem, type Fault } from './problem.js';
import { readBody, readQuery } from './read-input.js';
import type { ApiUseCases } from './use-cases.js';

export interface RouteTools {
  /** The address of the API, which its tokens may name as their resource (RFC 8707). */
  readonly address: string;
  readonly authenticate: Authenticate;
  readonly cursors: Cursors;
  readonly useCases: ApiUseCases;
}

/** Who asks: whom the token acts for, and through which client. */
interface Caller {
  readonly actor: Actor;
  readonly clientId: string;
}

const callers = new WeakMap<FastifyRequest, Caller>();

/** Makes the route of an operation: who calls is asked before the body is read. */
export function route(server: FastifyInstance, operation: Operation, tools: RouteTools): void {
  server.route({
    method: operation.method,
    url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
    onRequest: async (request, reply) => {
      const authentication = await authenticateBearer(tools.authenticate, request, reply, { scopes: operation.scopes, resource: tools.address });
      callers.set(request, { actor: apiActor(authentication, operation.forAdministrators ?? false), clientId: authentication.client.id });
    },
    handler: async (request, reply) => answer(operation, request, reply, tools),
  });
}

async function answer(operation: Operation, request: FastifyRequest, reply: FastifyReply, { address, cursors, useCases }: RouteTools): Promise<FastifyReply> {
  const { actor, clientId } = callers.get(request) as Caller;
  const params = operation.params.parse(request.params);
  if (Object.values(params).some((value) => /[\0\ufffd]/.test(String(value)))) throw new NotFound(operation.tag.toLowerCase());
  const { limit, cursor, ...query } = readQuery(operation.query, request.url) as { limit?: number; cursor?: string };
  const body = readBody(operation.body, bodyOf(operation, request));

  const scope: CursorScope = { actor, list: JSON.stringify([operation.id, params, query]) };
  const page: PageRequest = { limit: limit ?? 0, ...(cursor !== undefined && { after: cursors.read(scope, cursor) }) };
  const handle = () => operation.handle({ actor, params, query, body, page, now: useCases.clock.now() }, useCases);
  const key = operation.idempotent ? idempotencyKey(request) : null;
  // The same person's other apps are other callers: what was answered may hold a secret.
  const asked = { caller: JSON.stringify([clientId, personOf(actor)]), request: JSON.stringify([operation.id, params, body]) };
  const result = await (key === null ? handle() : onlyOnce(useCases.idempotently, { ...asked, key }, handle)).catch((error: unknown) => {
    if (error instanceof Outdated) throw new ApiProblem('outdated');
    throw error instanceof InvalidInput ? new ApiProblem('invalid-input', undefined, faultsOf(error, operation)) : error;
  });

  reply.header('Cache-Control', 'no-store').header('X-Content-Type-Options', 'nosniff');
  if (operation.location) reply.header('Location', address + operation.location(result));
  if (operation.status === 204) return reply.code(204).send();
  return reply
    .code(operation.status)
    .type('application/json')
    .send(JSON.stringify(operation.paged ? pageOn(reply, result as WirePage) : result));

  /** RFC 8288 §3: the next page also as a link. */
  function pageOn(to: FastifyReply, { data, next_cursor }: WirePage): WirePage {
    if (next_cursor === null) return { data, next_cursor };
    const next = cursors.write(scope, next_cursor);
    // The request line may name any host (RFC 9112 §3.2.2): only its query is the caller's.
    const link = new URL(address + operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name]))));
    link.search = /\?.*/.exec(request.url)?.[0] ?? '';
    link.searchParams.set('cursor', next);
    to.header('Link', `<${link}>; rel="next"`);
    return { data, next_cursor: next };
  }
}

interface WirePage {
  readonly data: readonly unknown[];
  readonly next_cursor: string | null;
}

/** A merge patch changes something that is there (RFC 7396); it makes nothing. */
function bodyOf(operation: Operation, request: FastifyRequest): unknown {
  const patch = /^application\/merge-patch\+json/i.test(request.headers['content-type'] ?? '');
  if (patch && operation.mediaType === undefined) throw new ApiProblem('unsupported-media-type');
  return request.body;
}

function faultsOf({ problems }: InvalidInput, { pointers = {} }: Operation): Fault[] {
  return problems.map(({ field, message }) =>
    field in pointers ? { pointer: pointers[field] as string, detail: message } : { pointer: '', detail: `${field}: ${message}` },
  );
}
