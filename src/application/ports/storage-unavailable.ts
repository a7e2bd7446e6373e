/**
 * Thrown by any repository whose store cannot be reached or does not answer in time: at most 3 seconds after the call, waiting for a free connection and for
 * locks included. A deadlock is first repeated by the repository itself. Nothing is known to have been written. Clients are told `temporarily_unavailable`; the
 * next call may succeed. `cause` may be logged: it carries no value of a record, though errors of drivers do. `told`: what is known to be the matter, for whoever
 * looks after the store.
 */
export class StorageUnavailable extends Error {
  /** What to do, where more is known than that it is away. */
  readonly advice: string | undefined;

  constructor(cause: unknown, told?: { readonly reason: string; readonly advice: string }) {
    super(told?.reason ?? 'the store cannot be reached', { cause });
    this.advice = told?.advice;
    this.name = 'StorageUnavailable';
  }

  /** By name: an adapter of a team's own may come with another copy of this package. One that has moved is away, too: see `StoreMoved`. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && ['StorageUnavailable', 'StoreMoved'].includes(value.name);
  }
}

/** Why, where the store said so; `''` where it did not. A failure to connect to several addresses has a code only. */
export function reasonOf({ cause }: Error): string {
  if (typeof cause === 'string') return cause;
  const { message, code } = (cause ?? {}) as { message?: string; code?: string };
  return message || code || '';
}

/** What the store calls its cause (a SQLSTATE, ECONNREFUSED …), where it says so; `''` where it does not. */
export function codeOf({ cause }: Error): string {
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
