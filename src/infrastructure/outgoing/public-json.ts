import type { LookupAddress } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isLoopback } from '../../domain/loopback.js';
import { type AddressesOf, addressesByDns } from './addresses-of.js';
import { boundedBytes } from './bounded-bytes.js';
import { isPublicAddress } from './public-addresses.js';

/** What an answer may take: bytes of the body, milliseconds for all of it, and interim answers before it (1xx), of which a host can send any number. */
const limits = { bytes: 64 * 1024, milliseconds: 5000, interim: 10 };

/** `description` is for whoever waits, after the name of the host; the message, for the log, may name what a stranger must not learn. */
export class Unreadable extends Error {
  constructor(
    readonly description: string,
    detail: string,
    /** Whether it may be there in a moment: nothing was answered, or that the host is broken (5xx) or asked too often (429). */
    readonly away: boolean,
  ) {
    super(detail);
  }
}

export interface PublicJson {
  /** Of a JSON object: see `objectIn`. */
  readonly text: string;
  readonly cacheControl: string | undefined;
}

export interface Surroundings {
  /** Whether plain http to this machine itself is allowed, for trying things out. */
  readonly here: boolean;
  readonly addressesOf?: AddressesOf;
}

/**
 * Reads a JSON object at an address that a stranger named: over https, from public addresses alone, whatever the name resolves to by then; no redirect is
 * followed, 200 is the only answer, and it is bounded in time and size (Client ID Metadata Document §4, §6.5, §6.6). Throws `Unreadable`.
 */
export async function readPublicJson(url: URL, surroundings: Surroundings): Promise<PublicJson> {
  try {
    return await inTime((signal) => read(url, surroundings, signal));
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('cannot be reached', String(error), true);
  }
}

async function read(url: URL, { here, addressesOf = addressesByDns }: Surroundings, signal: AbortSignal): Promise<PublicJson> {
  const response = await answerOf(url, here && isLoopback(url) ? null : await publicAddresses(url, addressesOf), signal);
  const text = await textOf(response);
  objectIn(text);
  return { text, cacheControl: response.headers['cache-control'] };
}

/**
 * Rejects when the time is over, whatever becomes of the work: name servers do not know of it, and of an answer that turns into another protocol (101) Node.js
 * tells nobody. Nothing of the work is held once it is done.
 */
function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      reject(new Error(`no answer within ${limits.milliseconds} ms`));
      stop.abort();
    }, limits.milliseconds);
    void work(stop.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

async function publicAddresses(url: URL, addressesOf: AddressesOf): Promise<readonly LookupAddress[]> {
  if (url.protocol !== 'https:') throw new Unreadable('cannot be reached', `${url.origin} is not https`, true);
  const addresses = await addressesOf(url.hostname).catch((error) => {
    // In the same words as a name that is not public: whether a private network has it is nobody's business.
    throw new Unreadable('cannot be reached', String(error), true);
  });
  const [first] = addresses;
  const other = addresses.find(({ address }) => !isPublicAddress(address));
  if (first === undefined || other)
    throw new Unreadable('cannot be reached', `${url.hostname} is at ${other?.address ?? 'no address'}, which is not public`, true);
  return addresses;
}

/** Connects to one of these addresses, and asks no name server again, which could say otherwise now. */
function answerOf(url: URL, addresses: readonly LookupAddress[] | null, signal: AbortSignal): Promise<IncomingMessage> {
  const lookup: LookupFunction = (_hostname, { all }, found) => {
    const [first] = addresses ?? [];
    if (all) found(null, [...(addresses ?? [])]);
    else found(null, first?.address ?? '', first?.family);
  };
  const options = { agent: false, signal, headers: { accept: 'application/json', 'user-agent': 'Keywright' }, ...(addresses ? { lookup } : {}) };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? https.get(url, options, resolve) : http.get(url, options, resolve);
    request.on('error', reject);
    let interim = 0;
    request.on('information', () => {
      interim += 1;
      if (interim > limits.interim) request.destroy(new Error(`more than ${limits.interim} interim answers`));
    });
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  try {
    const { statusCode = 0, headers } = response;
    if (statusCode !== 200)
      throw new Unreadable(`answers ${statusCode} instead of a description`, `status ${statusCode}`, statusCode >= 500 || statusCode === 429);
    // What people can leave at a host, such as a file they send each other, is seldom served so.
    if (!/^application\/(?:[\w.-]+\+)?json(?:;|$)/i.test(headers['content-type'] ?? ''))
      throw new Unreadable('is not JSON', `content-type ${headers['content-type']}`, false);
    const bytes = await boundedBytes(response, limits.bytes);
    if (bytes === null) throw new Unreadable('is too long', `more than ${limits.bytes} bytes`, false);
    return Buffer.from(bytes).toString('utf8');
  } finally {
    response.destroy();
  }
}

/** Throws `Unreadable` where the text is not that of a JSON object. */
export function objectIn(text: string): Readonly<Record<string, unknown>> {
  const parsed = parsedOf(text);
  if (!isObject(parsed)) throw new Unreadable('is not JSON', 'not a JSON object', false);
  return parsed;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
