import { z } from 'zod';
import { presets } from '../application/clients/presets.js';
import { type AdmittedMetadata, metadataUriProblem } from '../domain/clients/metadata-uri.js';

/** Where the programs of the presets describe themselves. */
export const knownMetadata: readonly string[] = [
  ...new Set(presets.flatMap(({ describesItself }) => describesItself.map(({ at }) => at.slice('https://'.length)))),
];

/** Reads `CLIENT_METADATA_DOCUMENTS`: `any`, `none`, or hosts, each with a folder if wanted. */
export function parseAdmitted(text: string, context: z.RefinementCtx): AdmittedMetadata {
  if (text === 'any') return text;
  if (text === 'none') return [];
  const entries = text.split(',').map((entry) => entry.trim());
  const wrong = entries.find((entry) => !isEntry(entry));
  if (wrong === undefined) return entries;
  const may = 'must be any or none by itself, or hosts with commas between (example.com), each with a folder if wanted, which ends with / (example.com/apps/)';
  context.addIssue({ code: 'custom', message: `${may}; ${JSON.stringify(wrong)} is no host` });
  return z.NEVER;
}

/** What could be hosts, and is meant otherwise. */
const words = ['any', 'none', 'true', 'false', 'yes', 'no', 'on', 'off', 'all'];

/**
 * What an identifier may begin with, and with a folder that ends, so that `example.com/app` does not admit `example.com/apple`. A URL parser takes `*` for a
 * letter: whoever writes `*.example.com` would admit nobody.
 */
function isEntry(entry: string): boolean {
  if (words.includes(entry)) return false;
  const uri = `https://${entry}${entry.includes('/') ? '' : '/'}`;
  return metadataUriProblem(uri) === null && uri.endsWith('/') && new URL(uri).search === '' && !uri.includes('*');
}
