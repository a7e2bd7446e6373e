import { z } from 'zod';
import type { OpenApiDocument, ResponseObject, SchemaObject } from '../../src/interfaces/api/openapi-types.js';

export interface DocumentedAnswers {
  /** Throws when the answer is not what the document says. Where no operation is, it must be problem details. */
  check(method: string, path: string, answer: { status: number; headers: Record<string, unknown>; body: unknown }): void;
}

/** What the served document says of answers. Its objects are taken as closed, so that a member nobody documented is found. */
export function documentedAnswers({ paths, components }: OpenApiDocument): DocumentedAnswers {
  const closed = Object.fromEntries(Object.entries(components.schemas).map(([id, schema]) => [id, closedSchema(schema)]));
  const schemaOf = (schema: SchemaObject) =>
    z.fromJSONSchema({ ...JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/')), $defs: closed });
  const problem = schemaOf({ $ref: '#/components/schemas/Problem' });

  return {
    check(method, path, { status, headers, body }) {
      const name = `${method} ${path} ${status}`;
      const [, methods] = Object.entries(paths).find(([template]) => patternOf(template).test(path.split('?')[0] as string)) ?? [];
      const operation = methods?.[method.toLowerCase()];
      if (!operation) return fits(name, problem, body);
      const documented = operation.responses[status];
      if (!documented) throw new Error(`${name} is not documented`);
      const response = '$ref' in documented ? (components.responses[documented.$ref.split('/').at(-1) as string] as ResponseObject) : documented;
      if (headers['www-authenticate'] && !response.headers?.['WWW-Authenticate']) throw new Error(`${name} has a WWW-Authenticate that is not documented`);
      const [type, content] = Object.entries(response.content ?? {})[0] ?? [];
      if (!content) return fits(name, z.undefined(), body);
      if (!String(headers['content-type']).startsWith(type as string)) throw new Error(`${name} is ${headers['content-type']}`);
      fits(name, schemaOf(content.schema), body);
    },
  };
}

function fits(name: string, schema: z.ZodType, body: unknown): void {
  const result = schema.safeParse(body);
  if (!result.success) throw new Error(`${name} is not as documented: ${z.prettifyError(result.error)} in ${JSON.stringify(body)}`);
}

function closedSchema(schema: SchemaObject): object {
  const text = JSON.stringify(schema, (_key, value) => (value?.type === 'object' && value.properties ? { ...value, additionalProperties: false } : value));
  return JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'));
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
}
