import { readableText } from './readable-text.js';

/** A client's name as people may be shown it; one with nothing to read is replaced. */
export function readableName(name: string): string {
  const text = readableText(name);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) ? text : 'An app without a name';
}
