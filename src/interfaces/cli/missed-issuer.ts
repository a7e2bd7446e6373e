import { isLoopback } from '../../domain/loopback.js';

/** What is listened on, as it was configured. */
export interface Listened {
  readonly host: string;
  readonly port: number;
}

/** What `localhost` may lead to, and what stands for all addresses. */
const foundAsLocalhost = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);

/** Whether an issuer on this machine leads to another address of it than the one that is listened on. At another port there is a proxy, which may find it. */
export function isMissed(issuer: URL, { host, port }: Listened): boolean {
  return isLoopback(issuer) && issuer.port === String(port) && !foundAsLocalhost.has(host);
}

/** What to do then. */
export const toBeFound = 'leave HOST out, or set ISSUER to what people and clients ask for';
