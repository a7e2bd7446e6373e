import { isLoopback } from '../../domain/loopback.js';
import type { Preset } from './preset.js';

/** A product that calls from the internet, and an issuer at which nothing from there arrives. */
export interface UnreachableIssuer {
  readonly caller: string;
  readonly issuer: string;
}

/** What is in the way of the preset's product: an issuer on loopback is the caller's own machine to whoever calls it (RFC 8252 §7.3). `null`: nothing. */
export function unreachableIssuer({ internetCaller }: Pick<Preset, 'internetCaller'>, issuer: string): UnreachableIssuer | null {
  return internetCaller !== null && isLoopback(new URL(issuer)) ? { caller: internetCaller, issuer } : null;
}
