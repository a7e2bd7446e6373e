import { isLoopback } from '../domain/loopback.js';
import { isResourceIndicator } from '../domain/resources/resource.js';
import { onceAMinute } from './once-a-minute.js';

/** Lifetimes are in seconds. */
export interface VerifierOptions {
  /** Keywright's `ISSUER`, byte for byte: an origin such as `https://auth.example.com`; https, or http on loopback. */
  readonly issuer: string;
  /** The identifier under which this service is registered as a resource server: an absolute URI without a fragment (RFC 8707 §2). */
  readonly audience: string;
  /**
   * What is answered when Keywright does not answer. `deny`: `unavailable` for every token that cannot be checked as freshly as the ages below want.
   * `serve-known-until-expiry`: tokens that were found good, and JWTs whose signature holds, stay good until they expire or are known to be revoked;
   * every other token is `unavailable`.
   */
  readonly whenUnavailable: 'deny' | 'serve-known-until-expiry';
  /**
   * Of this resource server. Needed for opaque tokens and to learn of revocations; without them only JWTs are good, each until it expires, and every opaque
   * token is `unknown`.
   */
  readonly credentials?: { readonly id: string; readonly secret: string };
  /** Where Keywright is reached from here, when that is not the issuer: an origin, http allowed. The credentials and tokens go there. */
  readonly address?: string;
  /** Follow the revocation feed; `false` for processes that cannot hold a connection. Default: `true` where there are credentials. */
  readonly feed?: boolean;
  /** How long the answer about an opaque token is trusted while the feed is followed, never past its expiry. Default 300. */
  readonly maxAge?: number;
  /** The same for every token, JWTs too, from when the feed is not followed: the longest that a revocation can stay unnoticed. Default 5. */
  readonly maxAgeWithoutFeed?: number;
  /** How long the feed may be silent before it counts as lost; Keywright sends something every 5 seconds. 6 to 60, default 12. */
  readonly feedTimeout?: number;
  /** How long a token that Keywright refused is refused without asking again. Default 5. */
  readonly refusedMaxAge?: number;
  /** How old the public keys may be; they are fetched again in the background at half of it. Default 600. */
  readonly keysMaxAge?: number;
  /** By how much this clock and Keywright's may differ where a JWT's times are compared, 0 to 60. Default 5. */
  readonly clockTolerance?: number;
  /** How long to wait for an answer of Keywright. Default 2. */
  readonly timeout?: number;
  /** How many good tokens are remembered; those not used lately are forgotten first. A token takes about 1 kB. Default 10000. */
  readonly maxTokens?: number;
  /** Told of what an operator should know and no caller can: refused credentials, a feed that is lost. Default: `process.emitWarning`. */
  readonly onProblem?: (problem: Error) => void;
}

const numbers = {
  maxAge: { value: 300, least: 1, most: 86_400 },
  maxAgeWithoutFeed: { value: 5, least: 0, most: 3600 },
  feedTimeout: { value: 12, least: 6, most: 60 },
  refusedMaxAge: { value: 5, least: 0, most: 3600 },
  keysMaxAge: { value: 600, least: 10, most: 86_400 },
  clockTolerance: { value: 5, least: 0, most: 60 },
  timeout: { value: 2, least: 0.05, most: 60 },
  maxTokens: { value: 10_000, least: 1, most: 10_000_000 },
} as const;

type Numbers = { readonly [Name in keyof typeof numbers]: number };

/** What the options come to, with every default filled in. */
export interface Settings extends Numbers {
  readonly issuer: string;
  readonly audience: string;
  readonly serveKnown: boolean;
  readonly credentials: { readonly id: string; readonly secret: string } | null;
  readonly address: URL;
  readonly feed: boolean;
  /** Passes the same problem on once a minute. */
  readonly onProblem: (problem: Error) => void;
}

const names = new Set(['issuer', 'audience', 'whenUnavailable', 'credentials', 'address', 'feed', 'onProblem', ...Object.keys(numbers)]);

/** Throws a `TypeError` that names every option that is wrong and says what it must be. */
export function readOptions(options: VerifierOptions): Settings {
  const wrong = problems(options);
  if (wrong.length > 0) throw new TypeError(`createVerifier: ${wrong.join('; ')}`);
  const issuer = new URL(options.issuer).origin;
  const credentials = options.credentials ?? null;
  return {
    ...(Object.fromEntries(Object.entries(numbers).map(([name, { value }]) => [name, options[name as keyof Numbers] ?? value])) as Numbers),
    issuer,
    audience: options.audience,
    serveKnown: options.whenUnavailable === 'serve-known-until-expiry',
    credentials,
    address: new URL(options.address ?? issuer),
    feed: credentials !== null && options.feed !== false,
    onProblem: onceAMinute(options.onProblem ?? ((problem) => process.emitWarning(problem.message, 'KeywrightWarning'))),
  };
}

function problems(options: VerifierOptions): string[] {
  if (typeof options !== 'object' || options === null) return ['needs an object of options'];
  const { issuer, audience, whenUnavailable, credentials, address, feed, onProblem } = options;
  const wrong: string[] = [];
  // A name spelled wrong would be a protection left out.
  for (const name of Object.keys(options)) if (!names.has(name)) wrong.push(`${name} is not an option; there are ${[...names].join(', ')}`);
  const origin = originOf(issuer);
  if (!origin || (origin.protocol === 'http:' && !isLoopback(origin)))
    wrong.push('issuer must be the ISSUER of Keywright, an origin without a path such as https://auth.example.com; https unless it is loopback');
  if (typeof audience !== 'string' || !isResourceIndicator(audience))
    wrong.push('audience must be the identifier of this resource server, an absolute URI without a fragment such as https://api.example.com');
  if (whenUnavailable !== 'deny' && whenUnavailable !== 'serve-known-until-expiry')
    wrong.push("whenUnavailable must be 'deny' or 'serve-known-until-expiry': what a request gets while Keywright cannot be reached");
  if (credentials !== undefined && !(isFilled(credentials?.id) && isFilled(credentials.secret)))
    wrong.push('credentials must be { id, secret } of this resource server; leave them out to take only JWTs');
  if (address !== undefined && !originOf(address)) wrong.push('address must be an origin without a path such as http://keywright.internal:3000');
  if (feed !== undefined && typeof feed !== 'boolean') wrong.push('feed must be true or false');
  if (feed === true && credentials === undefined) wrong.push('feed needs credentials');
  if (onProblem !== undefined && typeof onProblem !== 'function') wrong.push('onProblem must be a function');
  for (const [name, { least, most }] of Object.entries(numbers)) {
    const value = options[name as keyof Numbers];
    if (value !== undefined && !(typeof value === 'number' && value >= least && value <= most)) wrong.push(`${name} must be a number from ${least} to ${most}`);
  }
  return wrong;
}

function isFilled(text: unknown): boolean {
  return typeof text === 'string' && text !== '';
}

/** `null` when it is no http(s) address, or has anything after the host. */
function originOf(text: unknown): URL | null {
  if (typeof text !== 'string' || !URL.canParse(text)) return null;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && (text === url.origin || text === `${url.origin}/`) ? url : null;
}
