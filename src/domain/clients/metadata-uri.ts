import { isLoopback } from '../loopback.js';
import { longestClientId } from './longest-client-id.js';
import { addressProblem } from './places.js';

/** Does this client identifier lead to a document that describes the client (Client ID Metadata Document §3)? One that is given out here never does. */
export function isMetadataUri(clientId: string): boolean {
  return /^https?:\/\//.test(clientId);
}

/** Why a client identifier cannot be the address of a metadata document (Client ID Metadata Document §3), `null` when it can. */
export function metadataUriProblem(uri: string): string | null {
  if (uri.length > longestClientId) return `is longer than ${longestClientId} characters`;
  const problem = addressProblem(uri);
  if (problem !== null) return problem;
  const url = new URL(uri);
  return url.protocol === 'https:' || isLoopback(url) ? null : 'must use https://';
}

/** The host, with its port where it names one: whose word the document is. */
export function metadataHost(uri: string): string {
  return new URL(uri).host;
}
