import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Authenticate } from '../../application/tokens/authenticate.js';
import type { ScopeCatalogue } from '../../domain/scope.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import { queryOf } from '../http/form.js';
import type { Pages } from '../web/pages.js';
import { ApiPage } from '../web/views/api-page.js';
import { apiReference } from './api-reference.js';
import { Cursors } from './cursors.js';
import { readJsonBodies } from './json-body.js';
import { openApiDocument } from './openapi-document.js';
import { operations } from './operations.js';
import { ApiProblem } from './problem.js';
import { problemReply } from './problem-reply.js';
import { route } from './route.js';
import type { ApiUseCases } from './use-cases.js';

export interface ApiEndpoints {
  readonly issuer: string;
  readonly catalogue: ScopeCatalogue;
  /** Keys that nobody else has are derived from them. */
  readonly secretKeys: SecretKeys;
  readonly pages: Pages;
  readonly authenticate: Authenticate;
  readonly useCases: ApiUseCases;
}

/** `/api/v1`: what the pages for apps and people do, for programs: JSON in, JSON out. */
export async function apiEndpoints(server: FastifyInstance, { issuer, catalogue, secretKeys, pages, authenticate, useCases }: ApiEndpoints): Promise<void> {
  const tools = { address: `${issuer}/api/v1`, authenticate, useCases, cursors: new Cursors(secretKeys) };
  const reply = problemReply(issuer);
  server.setErrorHandler(reply);
  readJsonBodies(server);
  // What a person may do is in the token, not in a cookie, so that any origin may ask.
  await server.register(cors, {
    origin: '*',
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: ['WWW-Authenticate', 'Retry-After', 'Link', 'Location', 'Allow'],
    maxAge: 86_400,
  });

  const document = openApiDocument(issuer, catalogue, operations);
  const text = JSON.stringify(document);
  const reference = apiReference(document);
  server.get('/openapi.json', async (_request, answer) => answer.header('Cache-Control', 'no-store').type('application/json').send(text));
  server.get('/', async (request, answer) => pages.send(answer, ApiPage({ site: pages.site, ...reference, open: queryOf(request).usable('open') === 'all' })));
  const v1 = async (scope: FastifyInstance) => {
    for (const operation of operations) route(scope, operation, tools);
  };
  await server.register(v1, { prefix: '/v1' });
  server.setNotFoundHandler((request, answer) => {
    const allowed = methodsAt(request.url);
    if (allowed.length === 0) return reply(new ApiProblem('not-found', 'there is nothing at this address'), request, answer);
    return reply(new ApiProblem('method-not-allowed'), request, answer.header('Allow', allowed.join(', ')));
  });
}

function methodsAt(address: string): string[] {
  const path = address.split('?', 1)[0] as string;
  return operations
    .filter((operation) => new RegExp(`^/api/v1${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .map((operation) => operation.method);
}
