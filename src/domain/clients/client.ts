import { randomBytes } from 'node:crypto';
import type { AccessTokenFormat } from '../tokens/access-token.js';
import type { ClientSecret } from './client-secret.js';

/** RFC 8628 §3.4. */
export const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code';

export const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials', deviceCodeGrant] as const;
export type GrantType = (typeof grantTypes)[number];

/**
 * Whoever registered it; or the house: only the house lifts what the house did; or the house together with its owner, when they were disabled: it works
 * again when they are enabled, or when the house enables it by itself.
 */
export type DisabledBy = 'owner' | 'house' | 'with_owner';

/** An application that acts for people, or for itself (RFC 6749 §2). */
export interface Client {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly homepageUri: string | null;
  readonly logoUri: string | null;
  /** Can it keep a secret (RFC 6749 §2.1)? */
  readonly type: 'confidential' | 'public';
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly GrantType[];
  /** The scopes it may ask for. */
  readonly scopes: readonly string[];
  /** Those of `scopes` that a person may leave out at consent. */
  readonly optionalScopes: readonly string[];
  readonly pkce: 'required' | 'optional';
  /** Does a refresh hand out a successor, or answer the same refresh token again? */
  readonly refresh: 'rotate' | 'keep';
  /** `skip`: people are not asked, because client and server belong to the same house. */
  readonly consent: 'ask' | 'skip';
  /** What its access tokens for one resource are, where no registered resource server has decided that. */
  readonly accessTokenFormat: AccessTokenFormat;
  /** Seconds; `null` takes the server's. */
  readonly accessTokenLifetime: number | null;
  /** Seconds a refresh token may lie unused; `null` takes the server's. */
  readonly refreshTokenIdleLifetime: number | null;
  /** Seconds from consent to the end of the chain of refresh tokens; `null` takes the server's. */
  readonly refreshTokenAbsoluteLifetime: number | null;
  /** The person who registered it; `null` for one that belongs to nobody (Zapier's own, a machine). */
  readonly ownerId: string | null;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  /** `null` together with `disabledAt`. */
  readonly disabledBy: DisabledBy | null;
  /** What it obtained for itself until then has ended, that millisecond included; `null`: nothing was ended so. */
  readonly ownTokensRevokedAt: Date | null;
  /** Counts the edits of its settings, so that an edit can tell whether it read the newest. */
  readonly version: number;
  readonly secrets: readonly ClientSecret[];
}

/** What may be chosen about a client, and so what an edit replaces. */
export type ClientSettings = ReturnType<typeof partsOf>['settings'];

/** A client in two: its settings, and what no edit changes, because it follows from who made it and when, and from what was done to it since. */
export function partsOf({ id, ownerId, createdAt, disabledAt, disabledBy, ownTokensRevokedAt, version, secrets, ...settings }: Client) {
  return { settings, kept: { id, ownerId, createdAt, disabledAt, disabledBy, ownTokensRevokedAt, version, secrets } };
}

/** A new client identifier: 128 random bits, letters and digits only, so that no encoding changes it. */
export function newClientId(): string {
  return randomBytes(16).toString('hex');
}

export function mayUse(client: Pick<Client, 'grantTypes'>, grantType: GrantType): boolean {
  return client.grantTypes.includes(grantType);
}

/** May people let it act for them, on its own pages or on a device? */
export function actsForPeople(client: Pick<Client, 'grantTypes'>): boolean {
  return mayUse(client, 'authorization_code') || mayUse(client, deviceCodeGrant);
}
