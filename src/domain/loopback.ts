const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Is this host, as a parsed URL names it, the machine itself (RFC 8252 §7.3)? */
export function isLoopback({ hostname }: Pick<URL, 'hostname'>): boolean {
  return loopbackHosts.has(hostname);
}
