import { withoutSlash } from '../without-slash.js';

/** May this be a resource indicator? "MUST be an absolute URI … MUST NOT include a fragment" (RFC 8707 §2). */
export function isResourceIndicator(text: string): boolean {
  return text.length <= 2000 && /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(text) && !text.includes('#') && URL.canParse(text);
}

/** Equal, with one trailing slash forgiven: clients write `https://api.example` and `https://api.example/` for the same resource. */
export function sameResource(one: string, other: string): boolean {
  return withoutSlash(one) === withoutSlash(other);
}
