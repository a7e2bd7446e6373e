/**
 * `WWW-Authenticate` of a resource that takes bearer tokens: "This scheme MUST be followed by one or more auth-param values" (RFC 6750 §3). Values are quoted
 * strings (RFC 9110 §5.6.4).
 */
export function bearerChallenge(parameters: Readonly<Record<string, string>>): string {
  const written = Object.entries(parameters).map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`);
  return `Bearer ${written.join(', ')}`;
}
