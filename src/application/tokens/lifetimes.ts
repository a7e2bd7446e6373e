import type { Client } from '../../domain/clients/client.js';

/** How long things live unless the client has its own values, all in seconds. */
export interface Lifetimes {
  readonly accessToken: number;
  /** A refresh token not used for so long is dead. */
  readonly refreshTokenIdle: number;
  /** From consent to the end of the chain of refresh tokens. */
  readonly refreshTokenAbsolute: number;
  /** After a rotation, how long the same token gets the same answer again. */
  readonly refreshGrace: number;
}

/** The lifetimes that hold for one client. */
export function lifetimesOf(client: Client, defaults: Lifetimes): Lifetimes {
  return {
    accessToken: client.accessTokenLifetime ?? defaults.accessToken,
    refreshTokenIdle: client.refreshTokenIdleLifetime ?? defaults.refreshTokenIdle,
    refreshTokenAbsolute: client.refreshTokenAbsoluteLifetime ?? defaults.refreshTokenAbsolute,
    refreshGrace: defaults.refreshGrace,
  };
}
