import { isLoopback } from '../loopback.js';
import { longestClientId } from './longest-client-id.js';

/** What some servers read as a dot segment or as the end of one and a URL parser does not: an encoded dot, slash, backslash or per cent, and `..;`. */
const hidden = /%(?:2e|2f|5c|25)|\/\.{1,2};/i;

/** Does this client identifier lead to a document that describes the client (Client ID Metadata Document §3)? One that is given out here never does. */
export function isMetadataUri(clientId: string): boolean {
  return /^https?:\/\//.test(clientId);
}

/**
 * Why a client identifier cannot be the address of a metadata document (Client ID Metadata Document §3), `null` when it can. Identifiers are compared as
 * strings (RFC 3986 §6.2.1), so there must be one way to write an address: as a URL parser writes it, which also leaves no dot segment and an explicit path. None is hidden
 * in it either: it would lead out of the folder whose documents are taken.
 */
export function metadataUriProblem(uri: string): string | null {
  if (uri.length > longestClientId) return `is longer than ${longestClientId} characters`;
  if (!URL.canParse(uri) || new URL(uri).href !== uri) return 'is not an address in its normal form';
  const url = new URL(uri);
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  if (hidden.test(url.pathname)) return 'must not have an encoded dot, slash, backslash or per cent, or a dot segment with a parameter (..;), in its path';
  if (uri.includes('#')) return 'must not have a fragment (#…)';
  if (url.protocol !== 'https:' && !isLoopback(url)) return 'must use https://';
  return null;
}

/** The host, with its port where it names one: whose word the document is. */
export function metadataHost(uri: string): string {
  return new URL(uri).host;
}

/** Whose documents are taken: anybody's, or those at addresses that begin so: a host, with its port where it names one, or a host and folders that end with `/`. */
export type AdmittedMetadata = 'any' | readonly string[];

/** Whether anybody's are. */
export function admitsSome(admitted: AdmittedMetadata): boolean {
  return admitted === 'any' || admitted.length > 0;
}

export function isAdmitted(uri: string, admitted: AdmittedMetadata): boolean {
  if (admitted === 'any') return true;
  const place = uri.slice(uri.indexOf('://') + '://'.length);
  return admitted.some((entry) => place.startsWith(entry.includes('/') ? entry : `${entry}/`));
}
