import { apiScopes } from '../../domain/api-scope.js';
import type { ScopeCatalogue } from '../../domain/scope.js';
import { operationObject } from './openapi-operation.js';
import { componentSchemas } from './openapi-schemas.js';
import type { OpenApiDocument, OperationObject, ResponseObject } from './openapi-types.js';
import type { Operation } from './operation.js';
import { type ProblemKind, problemKinds } from './problem.js';

/** The API as an OpenAPI 3.1 document, from the same table as its routes. */
export function openApiDocument(issuer: string, catalogue: ScopeCatalogue, operations: readonly Operation[]): OpenApiDocument {
  const paths: Record<string, Record<string, OperationObject>> = {};
  for (const operation of operations) paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: operationObject(operation) };
  return {
    openapi: '3.1.1',
    info: {
      title: 'Keywright API',
      version: '1',
      description:
        'OAuth clients, what acts for people, and people. Members are snake_case, with the names of RFC 7591 where it has one; moments are ISO 8601.',
    },
    servers: [{ url: `${issuer}/api/v1` }],
    externalDocs: { url: `${issuer}/api`, description: 'The same to read' },
    tags: [...new Set(operations.map((operation) => operation.tag))].map((name) => ({ name })),
    paths,
    components: { schemas: componentSchemas(), responses: problemResponses(), securitySchemes: { oauth: oauthScheme(issuer, catalogue) } },
  };
}

/** One for each status: the kinds of problem that carry it. */
function problemResponses(): Record<string, ResponseObject> {
  const byStatus = new Map<number, string[]>();
  for (const kind of Object.keys(problemKinds) as ProblemKind[]) {
    const { status, title } = problemKinds[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${title} (\`${kind}\`).`]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const challenge = {
    description: 'The address of this API as `realm`, and what is wrong with the token, or with how it was sent, or which scopes it lacks (RFC 6750 §3).',
    schema: { type: 'string' },
  };
  const headersOf = (status: number) => ([400, 401, 403].includes(status) ? { headers: { 'WWW-Authenticate': challenge } } : {});
  return Object.fromEntries([...byStatus].map(([status, titles]) => [`Problem${status}`, { description: titles.join(' '), ...headersOf(status), content }]));
}

/** RFC 6749 §4.1 for people, §4.4 for clients of the house. */
function oauthScheme(issuer: string, catalogue: ScopeCatalogue): OpenApiDocument['components']['securitySchemes']['oauth'] {
  const scopes = Object.fromEntries(apiScopes.map((name) => [name, catalogue.find((scope) => scope.name === name)?.sentence ?? 'Not granted by this server']));
  const tokenUrl = `${issuer}/oauth/token`;
  return {
    type: 'oauth2',
    description: 'Access tokens of this server, in the Authorization header (RFC 6750 §2.1).',
    flows: {
      authorizationCode: { authorizationUrl: `${issuer}/oauth/authorize`, tokenUrl, refreshUrl: tokenUrl, scopes },
      clientCredentials: { tokenUrl, scopes },
    },
  };
}
