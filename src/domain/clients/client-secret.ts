import type { Secret } from '../secret.js';

/** One of a client's secrets (RFC 6749 §2.3.1). */
export interface ClientSecret extends Secret {
  readonly clientId: string;
}
