import { randomBytes } from 'node:crypto';
import type { ScopeEntry } from '../scope.js';
import type { Secret } from '../secret.js';
import { accessTokenFormats } from '../tokens/access-token.js';

export const tokenFormats = [...accessTokenFormats, 'by_client'] as const;
/** What tokens for it are; `by_client`: whatever the client asks for that obtains them. */
export type TokenFormat = (typeof tokenFormats)[number];

export const signingAlgorithms = ['ES256', 'EdDSA', 'RS256'] as const;
/** RFC 7518 §3.1, RFC 8037 §3.1. */
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** How tokens are signed where nobody says how. */
export const usualAlgorithm: SigningAlgorithm = 'ES256';

/** One of a resource server's secrets, with which it asks about tokens. */
export interface ResourceServerSecret extends Secret {
  readonly resourceServerId: string;
}

/** An API that takes access tokens of this server (RFC 6749 §1.1) and is registered here. */
export interface ResourceServer {
  /** What it calls itself when it authenticates; starts with `rs_`, so that it is told from a client without a query. */
  readonly id: string;
  /** The URI that names it as a resource and as an audience (RFC 8707 §2). Fixed: tokens and grants carry it. */
  readonly identifier: string;
  readonly name: string;
  /** The scopes that mean something to it alone, each with the sentence that people read. No other resource server has them. */
  readonly scopes: readonly ScopeEntry[];
  /** What tokens for it alone are; those for several are always opaque. */
  readonly tokenFormat: TokenFormat;
  /** How they are signed, where they are JWTs. */
  readonly signingAlgorithm: SigningAlgorithm;
  readonly createdAt: Date;
  /** Counts the edits of its settings, so that an edit can tell whether it read the newest. */
  readonly version: number;
  /** The oldest first. */
  readonly secrets: readonly ResourceServerSecret[];
}

/** What may be changed about a resource server. */
export type ResourceServerSettings = Pick<ResourceServer, 'name' | 'scopes' | 'tokenFormat' | 'signingAlgorithm'>;

const prefix = 'rs_';

/** A new identifier for its credentials: 128 random bits, in characters that no encoding changes. */
export function newResourceServerId(): string {
  return prefix + randomBytes(16).toString('hex');
}

/** Can this be the identifier of a resource server's credentials? No client has one like it. */
export function isResourceServerId(text: string): boolean {
  return text.startsWith(prefix);
}
