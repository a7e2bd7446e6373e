import { randomInt } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticateResourceServer } from '../../../application/resources/authenticate-resource-server.js';
import type { FollowRevocations } from '../../../application/revocations/follow-revocations.js';
import type { WatchCredentials } from '../../../application/revocations/watch-credentials.js';
import type { AuthenticateClient } from '../../../application/tokens/authenticate-client.js';
import { InvalidClient, InvalidRequest } from '../../../domain/errors.js';
import { isResourceServerId } from '../../../domain/resources/resource-server.js';
import { parseToken } from '../../../domain/tokens/opaque-token.js';
import { clientCredentials } from '../client-credentials.js';
import { queryOf } from '../form.js';
import { Parameters } from '../parameters.js';
import { eventStream } from './event-stream.js';
import { Places } from './places.js';
import { type Reader, revocationWire } from './revocation-wire.js';

/** Who may follow: clients that can authenticate, and resource servers. */
export interface RevocationReaders {
  readonly authenticateClient: AuthenticateClient;
  readonly authenticateResourceServer: AuthenticateResourceServer;
  readonly watchCredentials: WatchCredentials;
}

/** Milliseconds after which a stream ends, so that its reader proves again who it is: a quarter of an hour, and up to a minute more so that not all come back at once. */
const longestStream = () => 15 * 60_000 + randomInt(60_000);

/** `GET /oauth/revocations`: see docs/revocation-feed.md. */
export function revocationsController(server: FastifyInstance, callers: RevocationReaders, followRevocations: FollowRevocations): void {
  const places = new Places();
  // What waits would hold up the end of the server.
  server.addHook('preClose', async () => places.close());

  server.get('/oauth/revocations', { exposeHeadRoute: false }, async (request, reply) => {
    const reader = await readerOf(callers, request);
    const problem = queryOf(request).problem();
    if (problem) throw new InvalidRequest(problem);
    // A response that a proxy keeps, or holds back until it is complete, is of no use.
    reply.header('Cache-Control', 'no-store').header('X-Accel-Buffering', 'no').header('Vary', 'Accept, Authorization');
    const streaming = wantsEvents(request);
    const taken = places.take(reader.clientId);
    if (!taken) {
      const description = 'too many streams and polls of this caller are open; end some of them';
      return reply.code(429).header('Retry-After', 1).send({ error: 'temporarily_unavailable', error_description: description });
    }
    // Whoever may no longer read is not told any more.
    const unwatch = callers.watchCredentials.watch({ callerId: reader.clientId, secretId: reader.secretId }, taken.leave);
    whenAborted(taken.place.signal, unwatch);
    whenClosed(reply.raw, taken.leave);
    return (streaming ? stream : poll)(followRevocations, reader, request, reply, taken);
  });
}

/** At once for a caller who left while it authenticated: "close" is not said a second time. */
function whenClosed(response: ServerResponse, done: () => void): void {
  if (response.closed) done();
  else response.once('close', done);
}

function whenAborted(signal: AbortSignal, done: () => void): void {
  if (signal.aborted) done();
  else signal.addEventListener('abort', done, { once: true });
}

type Taken = NonNullable<ReturnType<Places['take']>>;

async function stream(followRevocations: FollowRevocations, reader: Reader, request: FastifyRequest, reply: FastifyReply, { place, leave }: Taken) {
  const cursor = headerCursor(request) ?? queryOf(request).one('cursor');
  const signal = AbortSignal.any([place.signal, AbortSignal.timeout(longestStream())]);
  let cut = () => {};
  const news = followRevocations.execute(cursor, signal, () => cut());
  try {
    // Before the first byte, so that what is wrong can still be said as an error.
    const first = await news.next();
    const body = Readable.from(first.done ? [] : eventStream(news, first.value, reader), { objectMode: false, highWaterMark: 64 * 1024 });
    cut = () => void body.destroy();
    body.once('close', leave);
    return reply.header('Content-Type', 'text/event-stream').send(body);
  } catch (error) {
    leave();
    throw error;
  }
}

async function poll(followRevocations: FollowRevocations, reader: Reader, request: FastifyRequest, reply: FastifyReply, { place, leave }: Taken) {
  const query = queryOf(request);
  const limit = whole(query, 'limit', 1, 1000) ?? 100;
  const wait = whole(query, 'wait', 0, 30) ?? 0;
  try {
    const { revocations, cursor, more, reset } = await followRevocations.once(query.one('cursor'), limit, wait * 1000, place.signal);
    return await reply.send({ entries: revocations.map((one) => revocationWire(one, reader)), cursor, more, reset });
  } finally {
    leave();
  }
}

/** The credentials come as HTTP Basic: there is no body, and an address is no place for a secret. */
async function readerOf(callers: RevocationReaders, request: FastifyRequest): Promise<Reader & { readonly clientId: string; readonly secretId: string }> {
  const { clientId, secret } = clientCredentials(request, new Parameters(''));
  // The part of it that is no secret: by this it is looked for again.
  const secretId = parseToken(secret ?? '')?.id ?? '';
  if (isResourceServerId(clientId)) {
    await callers.authenticateResourceServer.execute({ id: clientId, secret, from: request.ip });
    return { clientId, secretId, resourceServer: true };
  }
  const client = await callers.authenticateClient.execute({ clientId, secret, from: request.ip });
  // As for introspection: an identifier alone is no authorization (RFC 7662 §2.1).
  if (client.type === 'public') throw new InvalidClient('the revocation feed needs a client that can authenticate');
  return { clientId: client.id, secretId, resourceServer: false };
}

function wantsEvents(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').toLowerCase().includes('text/event-stream');
}

function headerCursor(request: FastifyRequest): string | null {
  const id = request.headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : null;
}

function whole(query: Parameters, name: string, least: number, most: number): number | null {
  const text = query.one(name);
  if (text === null) return null;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new InvalidRequest(`${name} must be a whole number from ${least} to ${most}`);
  return value;
}
