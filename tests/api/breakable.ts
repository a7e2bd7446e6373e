import { type Deferred, deferred } from '../support/deferred.js';

/** The same repository, one verb of which can be made to fail, or to wait. */
export function breakable<Repository extends object>(repository: Repository) {
  let held: { verb: PropertyKey; called: Deferred; released: Deferred } | null = null;
  let failing: { verb: PropertyKey; error: Error } | null = null;
  return {
    repository: new Proxy(repository, {
      get(target, name) {
        if (failing?.verb === name) return () => Promise.reject(failing?.error);
        const waiting = held?.verb === name ? held : null;
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (waiting === null) return member.bind(target);
        return async (...input: unknown[]) => {
          waiting.called.resolve();
          await waiting.released.promise;
          return member.apply(target, input);
        };
      },
    }),
    fail: (verb: keyof Repository, error: Error) => {
      failing = { verb, error };
    },
    /** Until the function that comes back is called, calls of the verb wait; `called` resolves with the first. */
    hold: (verb: keyof Repository) => {
      const [called, released] = [deferred(), deferred()];
      held = { verb, called, released };
      return { called: called.promise, release: released.resolve };
    },
    mend: () => {
      failing = null;
      held = null;
    },
  };
}
