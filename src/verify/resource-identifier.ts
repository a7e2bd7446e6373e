/** May this be a resource indicator? "MUST be an absolute URI … MUST NOT include a fragment" (RFC 8707 §2). */
export function isResourceIndicator(text: string): boolean {
  return text.length <= 2000 && /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i.test(text) && !text.includes('#') && URL.canParse(text);
}

/** Equal, with one trailing slash forgiven, as Keywright compares them. */
export function sameResource(one: string, other: string): boolean {
  return one.replace(/\/$/, '') === other.replace(/\/$/, '');
}
