import { z } from 'zod';
import { referenceTo } from './openapi-schemas.js';
import type { OperationObject, ParameterObject, ResponseObject, SchemaObject } from './openapi-types.js';
import { noBody, noContent, type Operation } from './operation.js';

export function operationObject(operation: Operation): OperationObject {
  const { id, tag, summary, description, scopes, forAdministrators, params, query, body, status, idempotent, mediaType = 'application/json' } = operation;
  const sentences = [description, forAdministrators && 'Only for administrators.'].filter(Boolean).join(' ');
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(sentences !== '' && { description: sentences }),
    security: [{ oauth: scopes }],
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query'), ...(idempotent ? [idempotencyKey] : [])],
    ...(body !== noBody && { requestBody: { required: true, content: { [mediaType]: { schema: referenceTo(body) } } } }),
    responses: {
      [status]: success(operation),
      ...Object.fromEntries(problemStatuses(operation).map((code) => [code, { $ref: `#/components/responses/Problem${code}` }])),
    },
  };
}

const idempotencyKey: ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same body is done once, and answered alike for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function success({ summary, answer, location, paged }: Operation): ResponseObject {
  const header = (description: string) => ({ description, schema: { type: 'string' } });
  const headers = { ...(location && { Location: header('The address of what was made.') }), ...(paged && { Link: header('The next page (RFC 8288).') }) };
  return {
    description: summary,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(answer !== noContent && { content: { 'application/json': { schema: referenceTo(answer) } } }),
  };
}

function parameters(schema: z.ZodObject, place: 'path' | 'query'): ParameterObject[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, value]) => {
    const { description, ...type } = value as SchemaObject;
    return { name, in: place, ...(required.includes(name) && { required: true }), ...(description !== undefined && { description }), schema: type };
  });
}

function problemStatuses({ method, params, idempotent }: Operation): number[] {
  const ofPath = Object.keys(params.shape).length > 0 ? [404] : [];
  const ofBody = method === 'GET' ? [] : [413, 415, 422];
  return [400, 401, 403, ...ofPath, ...(idempotent || method === 'PATCH' ? [409] : []), ...ofBody, 500, 503];
}
