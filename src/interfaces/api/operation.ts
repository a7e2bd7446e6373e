import { z } from 'zod';
import type { Actor } from '../../application/clients/actor.js';
import type { PageRequest } from '../../application/ports/page.js';
import type { ApiScope } from '../../domain/api-scope.js';
import type { Problem } from '../../domain/errors.js';
import type { ApiUseCases } from './use-cases.js';

export const noContent = z.void();
/** Nothing need be sent; an empty object does no harm. */
export const noBody = z.strictObject({}).optional();
export const nothing = z.strictObject({});

export interface Call<Params extends z.ZodType = z.ZodType, Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType> {
  readonly actor: Actor;
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
  /** Which part of a list is asked for; the first where there is none. */
  readonly page: PageRequest;
  readonly now: Date;
}

/** What an operation is, said once: the routes, their checks, the OpenAPI document and the readable page are made from it. */
export interface Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** `operationId`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, parameters in braces. */
  readonly path: string;
  readonly tag: 'Clients' | 'Secrets' | 'Grants' | 'Connected apps' | 'Users' | 'Sessions' | 'Presets' | 'Resource servers';
  readonly summary: string;
  readonly description?: string;
  /** All of them are needed. */
  readonly scopes: readonly ApiScope[];
  /** The token must also act for an administrator, or for the house. */
  readonly forAdministrators?: true;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The type of the body where it is not plain JSON. */
  readonly mediaType?: 'application/merge-patch+json';
  readonly status: 200 | 201 | 204;
  readonly answer: Answer;
  /** A list is answered in pages; `answer` is then one page of what `handle` gives. */
  readonly paged?: true;
  /** An Idempotency-Key lets it be repeated without being done twice. */
  readonly idempotent?: true;
  // This one and `handle` are written as methods, whose parameters are compared both ways: only so can operations of all types stand in one table.
  /** The address of what was made, below `/api/v1`. */
  location?(answer: z.output<Answer>): string;
  /** Where on the wire a problem of the domain lies; a JSON pointer for the name of each field that can have one. */
  readonly pointers?: Readonly<Record<Problem['field'], string>>;
  handle(call: Call<Params, Query, Body>, useCases: ApiUseCases): Promise<z.output<Answer>>;
}

/** Checks that the schemas of an operation fit its handler, then forgets which they are, so that operations can stand in one table. */
export function operation<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType>(
  one: Operation<Params, Query, Body, Answer>,
): Operation {
  return one;
}
