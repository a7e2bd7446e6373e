import { z } from 'zod';
import type { SchemaObject } from './openapi-types.js';
import './problem-schema.js';

/** Every schema with an id, under that id. */
export function componentSchemas(): Record<string, SchemaObject> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    uri: addressOf,
    io: 'input',
    // `format` says it; the pattern that checks it is 300 characters long.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: __, id: ___, ...schema }]) => [id, schema as SchemaObject]));
}

/** The schema by its id; every body and every answer has one. */
export function referenceTo(schema: z.ZodType): SchemaObject {
  const id = z.globalRegistry.get(schema)?.id;
  if (id === undefined) throw new Error('a body or an answer of the API has no id');
  return { $ref: addressOf(id) };
}

function addressOf(id: string): string {
  return `#/components/schemas/${id}`;
}
