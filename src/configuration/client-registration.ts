import { presets } from '../application/clients/presets.js';
import { redirectUriProblem } from '../domain/authorization/redirect-uri.js';
import { admittedList } from './admitted-list.js';
import { isPlace } from './client-metadata.js';

/** Where the programs of the presets come back to. */
export const knownRedirects: readonly string[] = [
  ...new Set(presets.flatMap(({ registersItself }) => registersItself.map(({ redirectUri }) => entryOf(new URL(redirectUri))))),
];

/** Reads `CLIENT_REGISTRATION`: `any`, `none`, or `loopback`, schemes, and hosts, each with a folder if wanted. */
export const parseAdmittedRedirects = admittedList(
  (entry) => entry === 'loopback' || (entry.endsWith(':') ? isScheme(entry) : isPlace(entry)),
  'loopback (this device), schemes (cursor:) and hosts (example.com), each with a folder if wanted, which ends with / (example.com/apps/), with commas between',
);

/** One that people are sent to here, and that says by itself to whom. */
function isScheme(entry: string): boolean {
  return entry !== 'https:' && entry !== 'http:' && entry === entry.toLowerCase() && redirectUriProblem(`${entry}/callback`) === null;
}

function entryOf({ protocol, host, pathname }: URL): string {
  if (protocol === 'https:') return pathname === '/' ? host : host + pathname;
  return protocol === 'http:' ? 'loopback' : protocol;
}
