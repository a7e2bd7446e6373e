import { z } from 'zod';
import { isLoopback } from '../../domain/loopback.js';
import type { Reading } from './doctor-clock.js';
import type { Finding } from './finding.js';
import { isMissed, type Listened, toBeFound } from './missed-issuer.js';

/** RFC 7517 §5, as far as it matters here. */
const jwkSet = z.object({ keys: z.array(z.object({ kid: z.string() })) });

export interface IssuerAnswer {
  readonly finding: Finding;
  readonly reading: Reading | null;
  /** The ids of the signing keys that it publishes; none when it is not known which. */
  readonly keyIds: readonly string[];
}

const patience = 3000;
/** Characters of an answer, and of a name in it that is repeated. */
const longestBody = 256 * 1024;
const longestName = 200;
const check = 'issuer';

/** Asks the issuer under its own name for its metadata, as clients will, and compares what it calls itself byte by byte (RFC 8414 §3.3). */
export async function askIssuer(issuer: string, { now }: { now(): Date }, listened?: Listened): Promise<IssuerAnswer> {
  const correction = correctionOf(issuer, listened);
  const url = `${issuer}/.well-known/oauth-authorization-server`;
  const asked = now().getTime();
  try {
    const response = await ask(url);
    const reading = readingOf(response, asked, now().getTime());
    if (response.status !== 200) {
      const finding = {
        check,
        ok: false,
        reason: `${url} answers ${response.status}`,
        advice: `let the proxy pass it to Keywright, or ${correction}`,
      };
      return { finding, reading, keyIds: [] };
    }
    const finding = compare(issuer, url, await jsonOf(response), correction);
    return { finding, reading, keyIds: finding.ok ? await publishedKeys(issuer) : [] };
  } catch (error) {
    const start = 'start the server (keywright serve), or ';
    const advice = start + (isHere(issuer) ? correction : 'correct ISSUER, DNS or the proxy');
    return { finding: { check, ok: false, reason: `${url} cannot be reached (${causeOf(error)})`, advice }, reading: null, keyIds: [] };
  }
}

function ask(url: string): Promise<Response> {
  return fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(patience), headers: { accept: 'application/json' } });
}

/** The body; `null` for one that is no JSON, or longer than any of ours. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = new TextDecoder();
  let body = '';
  for await (const chunk of response.body ?? []) {
    body += text.decode(chunk, { stream: true });
    if (body.length > longestBody) return null;
  }
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Of a server that was just found to be the issuer. One whose keys cannot be read is asked nothing more. */
async function publishedKeys(issuer: string): Promise<string[]> {
  try {
    const response = await ask(`${issuer}/oauth/jwks`);
    const published = jwkSet.safeParse(response.status === 200 ? await jsonOf(response) : null);
    return published.success ? published.data.keys.map(({ kid }) => kid) : [];
  } catch {
    return [];
  }
}

function compare(issuer: string, url: string, metadata: unknown, correction: string): Finding {
  const named = typeof metadata === 'object' && metadata !== null && 'issuer' in metadata ? metadata.issuer : undefined;
  if (named === issuer) return { check, ok: true, reason: `${issuer} answers under its own name` };
  if (named === undefined)
    return {
      check,
      ok: false,
      reason: `${url} is not the metadata of an authorization server`,
      advice: `let the proxy pass it to Keywright, or ${correction}`,
    };
  return {
    check,
    ok: false,
    reason: `${url} calls itself ${JSON.stringify(named)?.slice(0, longestName)}, not ${JSON.stringify(issuer)}`,
    advice: 'set the same ISSUER everywhere, byte for byte',
  };
}

function isHere(issuer: string): boolean {
  return isLoopback(new URL(issuer));
}

/**
 * Where no ISSUER is set, it is made of the PORT that this command was given; the server may have been given another. `listened`: on what a server with this
 * configuration listens, which the issuer need not lead to.
 */
export function correctionOf(issuer: string, listened?: Listened): string {
  if (listened && isMissed(new URL(issuer), listened)) return `${toBeFound}: with HOST=${listened.host} a server does not listen there`;
  return isHere(issuer) ? 'give the PORT or ISSUER that the server has' : 'correct ISSUER';
}

function readingOf(response: Response, asked: number, answered: number): Reading | null {
  const told = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(told) ? null : { whose: "the issuer's", told, asked, answered, coarseness: 1000 };
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `no answer in ${patience / 1000} s`;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
