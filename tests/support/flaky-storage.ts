import type { Storage } from '../../src/application/ports/storage.js';
import { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';

export interface FlakyStorage {
  readonly storage: Storage;
  /** `away`: every verb throws `StorageUnavailable` from now on. `broken`: every verb throws something nobody foresaw. */
  become(state: 'well' | 'away' | 'broken'): void;
}

/** A store that a test can take away and give back. What was kept stays kept. */
export function flakyStorage(storage: Storage): FlakyStorage {
  let state: 'well' | 'away' | 'broken' = 'well';
  const check = () => {
    if (state === 'away') throw new StorageUnavailable(new Error('connect ECONNREFUSED 10.0.0.7:5432'));
    if (state === 'broken') throw new Error('relation "clients" does not exist at 10.0.0.7');
  };
  const flaky = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (_, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value === 'object' && value !== null) return flaky(value);
        if (typeof value !== 'function' || name === 'close') return value;
        // Subscribing asks nothing of the store.
        if (name === 'subscribe') return value.bind(target) as unknown;
        return async (...parameters: unknown[]) => {
          check();
          return Reflect.apply(value, target, parameters) as unknown;
        };
      },
    });
  return {
    storage: flaky(storage),
    become: (next) => {
      state = next;
    },
  };
}
