import type { ApiField, ApiOperation, ApiPageProps } from '../web/views/api-page.js';
import type { OpenApiDocument, OperationObject, SchemaObject } from './openapi-types.js';
import { problemKinds } from './problem.js';

/** What the readable page says, from the document that programs read. */
export function apiReference(document: OpenApiDocument): Omit<ApiPageProps, 'site' | 'open'> {
  const address = document.servers[0].url;
  const { schemas, securitySchemes } = document.components;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ path, method: method.toUpperCase(), one })),
  );
  const answers = new Set(operations.flatMap(({ one }) => answerOf(one).name ?? []));
  return {
    address,
    documentAddress: `${document.externalDocs.url}/openapi.json`,
    scopes: Object.entries(securitySchemes.oauth.flows.authorizationCode.scopes).map(([name, sentence]) => ({ name, sentence })),
    sections: document.tags.map(({ name }) => ({
      name,
      operations: operations.filter(({ one }) => one.tags.includes(name)).map(({ path, method, one }) => operationOf(path, method, one, schemas, address)),
    })),
    answers: reachable(answers, schemas).map((name) => ({ name, description: schemas[name]?.description ?? '', fields: fieldsOf(schemas[name] ?? {}) })),
    problems: Object.entries(problemKinds).map(([kind, { status, title, remedy }]) => ({ kind, status, title, remedy })),
  };
}

function operationOf(path: string, method: string, one: OperationObject, schemas: Record<string, SchemaObject>, address: string): ApiOperation {
  const [mediaType, content] = Object.entries(one.requestBody?.content ?? {})[0] ?? [];
  const body = content && schemas[nameIn(content.schema)];
  return {
    id: one.operationId,
    method,
    path,
    summary: one.summary,
    description: one.description ?? '',
    scopes: one.security[0].oauth,
    parameters: one.parameters.map(({ name, required, description, schema }) => ({
      name,
      type: typeOf(schema),
      needed: required ?? false,
      description: description ?? '',
    })),
    body: body ? fieldsOf(body) : [],
    answer: answerOf(one),
    example: [
      `curl ${method === 'GET' ? '' : `-X ${method} `}'${address}${path}'`,
      `-H "Authorization: Bearer $ACCESS_TOKEN"`,
      ...(body ? [`-H 'Content-Type: ${mediaType}'`, `-d '${JSON.stringify(exampleOf(body))}'`] : []),
    ].join(' \\\n  '),
  };
}

function answerOf({ responses }: OperationObject): ApiOperation['answer'] {
  const [status = '200', response] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
  const schema = response && 'content' in response ? response.content?.['application/json']?.schema : undefined;
  return { status: Number(status), name: schema ? nameIn(schema) : null };
}

/** The schemas named, and those that they are made of. */
function reachable(names: ReadonlySet<string>, schemas: Record<string, SchemaObject>): string[] {
  const found = new Set(names);
  for (const name of found) for (const [, inner] of JSON.stringify(schemas[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g)) found.add(inner as string);
  return [...found].sort();
}

function fieldsOf({ properties = {}, required = [] }: SchemaObject): ApiField[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    type: typeOf(schema),
    needed: required.includes(name),
    description: schema.description ?? '',
  }));
}

function typeOf(schema: SchemaObject): string {
  if (schema.$ref !== undefined) return nameIn(schema);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return schema.format ?? [schema.type ?? 'anything'].flat().join(' or ');
}

/** The needed fields, and those that show an example; something where nothing is needed. */
function exampleOf({ properties = {}, required = [] }: SchemaObject): Record<string, unknown> {
  const shown = Object.entries(properties).filter(([name, { examples }]) => required.includes(name) || examples);
  return Object.fromEntries(shown.map(([name, { examples, type }]) => [name, examples?.[0] ?? (type === 'string' ? name : null)]));
}

function nameIn({ $ref = '' }: SchemaObject): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}
