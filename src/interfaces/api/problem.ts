import { Answer } from '../../domain/errors.js';

/** Every kind of failure that the API answers with: the fragment of its `type`, its HTTP status, its title, and what to do about it. */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'The request cannot be used', remedy: 'Mend what `errors` names: a query parameter, or JSON that cannot be read.' },
  'invalid-cursor': { status: 400, title: 'The cursor is not one of this list', remedy: 'Start again at the first page, without `cursor`.' },
  unauthenticated: {
    status: 401,
    title: 'A good access token is needed',
    remedy: 'Send one in the Authorization header; refresh it when it has expired (RFC 6750 §3.1).',
  },
  'insufficient-scope': {
    status: 403,
    title: 'The access token lacks a scope',
    remedy: 'Ask the person again, for the scopes that WWW-Authenticate names (RFC 6750 §3.1).',
  },
  forbidden: {
    status: 403,
    title: 'That is not open to whom the token acts for',
    remedy: 'Use the token of an administrator, or of a client of the house, with the scope `admin`.',
  },
  'not-found': { status: 404, title: 'There is no such thing', remedy: 'Check the address. What belongs to somebody else is not there for you.' },
  'method-not-allowed': { status: 405, title: 'The address does not take this method', remedy: 'Use one that `Allow` names.' },
  outdated: {
    status: 409,
    title: 'It was changed since you read it',
    remedy: 'Read it again, and send what you still want to change with its new `version`; nothing was changed.',
  },
  'request-running': {
    status: 409,
    title: 'The first request with this Idempotency-Key is still running',
    remedy: 'Ask again after the seconds in Retry-After, with the same key and body.',
  },
  'too-large': { status: 413, title: 'The body is too large', remedy: 'Send at most 64 kB.' },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not of a type that is read here',
    remedy: 'Send application/json; to change something, application/merge-patch+json serves too.',
  },
  'invalid-input': { status: 422, title: 'It cannot be saved as it is', remedy: 'Mend every field that `errors` names; nothing was changed.' },
  'key-reused': { status: 422, title: 'The Idempotency-Key belongs to another request', remedy: 'Take a new key for every request that differs.' },
  'internal-error': { status: 500, title: 'Something went wrong here', remedy: 'Ask again; if it stays, tell the operator of this server.' },
  unavailable: { status: 503, title: 'The server cannot answer right now', remedy: 'Ask again after the seconds in Retry-After.' },
} as const satisfies Record<string, { status: number; title: string; remedy: string }>;

export type ProblemKind = keyof typeof problemKinds;

/** One thing wrong, at the field of the body (a JSON pointer, RFC 6901) or at the query parameter where it is. */
export interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** A failure that is answered as problem details (RFC 9457). */
export class ApiProblem extends Answer {
  constructor(
    readonly kind: ProblemKind,
    readonly detail?: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(detail ?? problemKinds[kind].title);
  }
}
