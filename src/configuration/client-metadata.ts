import { presets } from '../application/clients/presets.js';
import { metadataUriProblem } from '../domain/clients/metadata-uri.js';
import { admittedList } from './admitted-list.js';

/** Where the programs of the presets describe themselves. */
export const knownMetadata: readonly string[] = [
  ...new Set(presets.flatMap(({ describesItself }) => describesItself.map(({ at }) => at.slice('https://'.length)))),
];

/** Reads `CLIENT_METADATA_DOCUMENTS`: `any`, `none`, or hosts, each with a folder if wanted. */
export const parseAdmitted = admittedList(
  isPlace,
  'hosts with commas between (example.com), each with a folder if wanted, which ends with / (example.com/apps/)',
);

/**
 * What an address over https may begin with, and with a folder that ends, so that `example.com/app` does not admit `example.com/apple`. A URL parser takes `*` for
 * a letter: whoever writes `*.example.com` would admit nobody.
 */
export function isPlace(entry: string): boolean {
  const uri = `https://${entry}${entry.includes('/') ? '' : '/'}`;
  return metadataUriProblem(uri) === null && uri.endsWith('/') && new URL(uri).search === '' && !uri.includes('*');
}
