import type { FastifyInstance } from 'fastify';
import { ApiProblem, type Fault } from './problem.js';

/** Bytes; the largest client that can be saved is smaller. */
const bodyLimit = 64 * 1024;
const deepest = 16;

/** Names that reach the prototype when an object is copied carelessly. */
const dangerousNames = new Set(['__proto__', 'constructor', 'prototype']);

/** What no text of ours holds: NUL, which PostgreSQL cannot keep, and half a character. */
const unreadable = /[\0\p{Surrogate}]/u;

/** Lets a scope read JSON, and nothing else. */
export function readJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { bodyLimit, parseAs: 'buffer' },
    async (_request: unknown, bytes: Buffer) => jsonOf(bytes),
  );
}

/** The value that the bytes are the JSON of; `undefined` when there are none. Throws `ApiProblem`. */
function jsonOf(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  const value = parsed(bytes);
  const faults = faultsOf(value, '', 0);
  if (faults.length > 0) throw new ApiProblem('invalid-request', 'the body has what is never right', faults);
  return value;
}

/** "JSON text exchanged between systems … MUST be encoded using UTF-8" (RFC 8259 §8.1) */
function parsed(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiProblem('invalid-request', 'the body is not UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiProblem('invalid-request', 'the body is not JSON');
  }
}

function faultsOf(value: unknown, pointer: string, depth: number): Fault[] {
  if (depth > deepest) return [{ pointer, detail: `is nested deeper than ${deepest} levels` }];
  if (typeof value === 'string') return unreadable.test(value) ? [{ pointer, detail: 'has a NUL character or half of a character' }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => faultsOf(item, `${pointer}/${index}`, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (dangerousNames.has(name) || unreadable.test(name)) return [{ pointer: pointer + pointerTo(name), detail: 'is not a name that is read here' }];
    return faultsOf(member, pointer + pointerTo(name), depth + 1);
  });
}

/** One step of a JSON pointer (RFC 6901 §3). A name is repeated only in part, and without what a log could stumble over. */
export function pointerTo(step: PropertyKey): string {
  const name = String(step)
    .slice(0, 100)
    .replace(/[\p{Cc}\p{Surrogate}]/gu, '?');
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
