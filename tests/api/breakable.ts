/** The same repository, one verb of which can be made to fail. */
export function breakable<Repository extends object>(repository: Repository) {
  let failing: { verb: PropertyKey; error: Error } | null = null;
  return {
    repository: new Proxy(repository, {
      get(target, name) {
        if (failing?.verb === name) return () => Promise.reject(failing?.error);
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    }),
    fail: (verb: keyof Repository, error: Error) => {
      failing = { verb, error };
    },
    mend: () => {
      failing = null;
    },
  };
}
