const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Is this host, as a parsed URL names it, the machine itself (RFC 8252 §7.3)? */
export function isLoopback({ hostname }: URL): boolean {
  return loopbackHosts.has(hostname);
}
