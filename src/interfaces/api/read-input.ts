import type { z } from 'zod';
import { pointerTo } from './json-body.js';
import { ApiProblem, type Fault } from './problem.js';

/** The body as the schema wants it; throws `ApiProblem` with everything wrong at its pointer. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new ApiProblem(
    'invalid-input',
    undefined,
    result.error.issues.flatMap((issue) => faultsOf(issue, body)),
  );
}

/** The query of an address as the schema wants it; throws `ApiProblem` with everything wrong at its parameter. */
export function readQuery<Schema extends z.ZodType>(schema: Schema, address: string): z.output<Schema> {
  const given = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [name, value] of new URLSearchParams(address.split('?').slice(1).join('?'))) {
    if (given.has(name)) faults.push({ parameter: readable(name), detail: 'was sent more than once' });
    if (/[\0\ufffd]/.test(name + value)) faults.push({ parameter: readable(name), detail: 'is not readable as UTF-8 text' });
    given.set(name, value);
  }
  const result = schema.safeParse(Object.fromEntries(given));
  if (faults.length === 0 && result.success) return result.data;
  const issues = result.success ? [] : result.error.issues;
  throw new ApiProblem('invalid-request', undefined, [...faults, ...issues.flatMap((issue) => parameterFaultsOf(issue))]);
}

type Issue = z.core.$ZodIssue;

function faultsOf(issue: Issue, body: unknown): Fault[] {
  const pointer = issue.path.map(pointerTo).join('');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => ({ pointer: pointer + pointerTo(name), detail: 'is not known here' }));
  return [{ pointer, detail: sentenceOf(issue, valueAt(body, issue.path) === undefined) }];
}

function parameterFaultsOf(issue: Issue): Fault[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => ({ parameter: readable(name), detail: 'is not known here' }));
  return [{ parameter: readable(String(issue.path[0] ?? '')), detail: sentenceOf(issue, false) }];
}

function sentenceOf(issue: Issue, missing: boolean): string {
  if (missing) return 'is missing';
  if (issue.code === 'invalid_type') return `must be ${named[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  if (issue.code === 'invalid_format' && issue.format === 'datetime') return 'must be a moment such as 2030-01-31T12:00:00Z';
  return issue.message;
}

const named: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | null | undefined)?.[step], body);
}

function readable(name: string): string {
  return name.slice(0, 100).replace(/[\p{Cc}\ufffd]/gu, '?');
}
