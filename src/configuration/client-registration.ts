import { presets } from '../application/clients/presets.js';
import { redirectUriProblem } from '../domain/authorization/redirect-uri.js';
import { isPlace } from '../domain/clients/places.js';
import { admittedList, places } from './admitted-list.js';

/** Where the programs of the presets come back to. */
export const knownRedirects: readonly string[] = [
  ...new Set(presets.flatMap(({ registersItself }) => registersItself.map(({ redirectUri }) => entryOf(new URL(redirectUri))))),
];

/** Reads `CLIENT_REGISTRATION`: `any`, `none`, or `loopback`, schemes, and places. */
export const parseAdmittedRedirects = admittedList(
  (entry) => entry === 'loopback' || (entry.endsWith(':') ? isScheme(entry) : isPlace(entry)),
  `loopback (this device), schemes (cursor:), ${places}`,
);

/** One that people are sent to here, and that says by itself to whom. */
function isScheme(entry: string): boolean {
  return entry !== 'https:' && entry !== 'http:' && entry === entry.toLowerCase() && redirectUriProblem(`${entry}/callback`) === null;
}

function entryOf({ protocol, host, pathname }: URL): string {
  if (protocol === 'https:') return pathname === '/' ? host : host + pathname;
  return protocol === 'http:' ? 'loopback' : protocol;
}
