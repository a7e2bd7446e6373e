/** What the names of the variables begin with that say where a port is: `PORT` and `HOST`, or `METRICS_PORT` and `METRICS_HOST`. */
type Prefix = '' | 'METRICS_';

/** Why a port cannot be listened on, in one line for the operator, who chose it. */
export class CannotListen extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'CannotListen';
  }
}

/** What the operating system, or the lookup of a name, adds to an error of an address that was chosen. */
interface Refused {
  readonly code?: unknown;
  readonly port?: unknown;
  readonly address?: unknown;
}

/** Waits until it listens. Throws `CannotListen` where the address is to blame. */
export async function listening<T>(prefix: Prefix, begun: Promise<T>): Promise<T> {
  try {
    return await begun;
  } catch (error) {
    const words = error instanceof Error ? wordsFor(prefix, error) : null;
    throw words === null ? error : new CannotListen(words, error);
  }
}

function wordsFor(prefix: Prefix, { code, port, address }: Error & Refused): string | null {
  if (code === 'EADDRINUSE') return `${prefix}PORT ${port} at ${address} is in use by another program`;
  if (code === 'EACCES') return `${prefix}PORT ${port} may not be listened on by this user`;
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL') return `${prefix}HOST is not an address of this machine`;
  return null;
}
