/**
 * "a URI scheme based on a domain name under their control, expressed in reverse order" (RFC 8252 §7.1): no scheme that a browser or an operating
 * system runs, reads or hands on has a dot.
 */
const ownScheme = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:$/;

/** Schemes without a dot of programs that people connect and that ask for nothing else. Any other could be one that runs: it stays out. */
const schemesOfKnownPrograms = new Set([
  'claude:',
  'codex:',
  'cursor:',
  'goose:',
  'raycast:',
  'vscode:',
  'vscode-insiders:',
  'vscodium:',
  'warp:',
  'windsurf:',
  'zed:',
]);

/** Anything outside printable ASCII, and the characters that browsers strip or rewrite, so that two readers could see two URIs. */
const suspicious = /[^\x21-\x7e]|[\\<>"`{}|^]/;

/** An `@` in the authority, also the one after an empty user name, which the parser passes over. */
const userInfo = /^[^/?]*\/\/[^/?]*@/;

/**
 * Why a URI cannot be registered as a redirect URI, in words for the person who typed it; `null` when it can.
 * RFC 6749 §3.1.2 (absolute, no fragment), RFC 9700 §4.1 (exact), RFC 8252 §7 (loopback and private-use schemes).
 */
export function redirectUriProblem(uri: string): string | null {
  if (uri.length > 2000) return 'is longer than 2,000 characters';
  if (suspicious.test(uri)) return 'has a space, a control character or another character that must be percent-encoded';
  if (!/^[a-z][a-z0-9+.-]*:/i.test(uri)) return 'must be absolute: start it with https://';
  if (!URL.canParse(uri)) return 'is not a valid URI';
  const url = new URL(uri);
  if (!isAllowedScheme(url.protocol)) return `must not use the scheme ${url.protocol} (an app’s own has a dot, as in com.example.app:/callback)`;
  if (uri.includes('#')) return 'must not have a fragment (#…)';
  if (uri.includes('*')) return 'must not have a wildcard (*): register each address in full';
  if (url.username !== '' || url.password !== '' || userInfo.test(uri)) return 'must not carry a user name or password';
  if (url.protocol === 'http:' && !loopbackUri.test(uri)) return 'must use https:// (plain http only for http://127.0.0.1, http://[::1] and http://localhost)';
  if ((url.protocol === 'http:' || url.protocol === 'https:') && !/^https?:\/\/[^/?]/i.test(uri)) return 'must name a host after //';
  return null;
}

function isAllowedScheme(protocol: string): boolean {
  return protocol === 'https:' || protocol === 'http:' || ownScheme.test(protocol) || schemesOfKnownPrograms.has(protocol);
}

/**
 * Is the requested URI the registered one? Equal as strings (RFC 9700 §4.1.3), except that the port of a loopback address is the
 * client's to choose when it starts (RFC 8252 §7.3).
 */
export function redirectUriMatches(registered: string, requested: string): boolean {
  if (registered === requested) return true;
  const [one, other] = [withoutLoopbackPort(registered), withoutLoopbackPort(requested)];
  return one !== null && one === other;
}

/** The host, or for a private-use scheme the scheme, that a person is sent back to: what a consent page shows. */
export function redirectTarget(uri: string): string {
  const url = new URL(uri);
  return url.host === '' || !/^https?:$/.test(url.protocol) ? url.protocol.slice(0, -1) : url.host;
}

/** A loopback address without the port, which the client chooses anew each time it starts (RFC 8252 §7.3); any other as it is. */
export function portless(uri: string): string {
  return withoutLoopbackPort(uri) ?? uri;
}

const loopbackUri = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::(\d{1,5}))?((?:[/?].*)?)$/;

function withoutLoopbackPort(uri: string): string | null {
  const match = loopbackUri.exec(uri);
  if (!match || suspicious.test(uri) || uri.includes('#')) return null;
  const [, origin, port, rest] = match;
  if (port !== undefined && Number(port) > 65_535) return null;
  return `${origin}${rest}`;
}
