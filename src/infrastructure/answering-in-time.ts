import { StorageUnavailable } from '../application/ports/storage-unavailable.js';
import { Patience } from './patience.js';

/** Milliseconds after which a verb gives up whatever it waits for: a connection, a lock, an answer. The ports promise 3 seconds. */
export const deadline = 2800;

const patience = new Patience(deadline);

/** What an error says of a store that cannot be reached or does not answer in time; `null` where it says that the store refused what it was asked. */
type UnavailabilityOf = (error: unknown) => StorageUnavailable | null;

/**
 * The same repository, with every verb throwing `StorageUnavailable` when the store cannot be reached or does not answer in time. `stepwise` verbs are left
 * alone: they keep each of their steps `inTime` themselves, and were the whole cut off, the steps would go on and nobody hear what came of them.
 */
export function answeringInTime<Repository extends object>(
  repository: Repository,
  unavailabilityOf: UnavailabilityOf,
  ...stepwise: (keyof Repository)[]
): Repository {
  const verbs = new Map<PropertyKey, unknown>();
  return new Proxy(repository, {
    get(target, name) {
      const known = verbs.get(name);
      if (known !== undefined) return known;
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const verb = (...input: unknown[]) => Reflect.apply(member, target, input);
      const answering = stepwise.some((one) => one === name) ? verb : (...input: unknown[]) => inTime(() => verb(...input), unavailabilityOf);
      verbs.set(name, answering);
      return answering;
    },
    // A verb that is replaced is made anew.
    defineProperty(target, name, descriptor) {
      verbs.delete(name);
      return Reflect.defineProperty(target, name, descriptor);
    },
    deleteProperty(target, name) {
      verbs.delete(name);
      return Reflect.deleteProperty(target, name);
    },
  });
}

/** What `verb` answers, or `StorageUnavailable`. */
export function inTime<Answer>(verb: () => Promise<Answer>, unavailabilityOf: UnavailabilityOf): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answering = verb();
    const wait = patience.begin(() => reject(new StorageUnavailable(new Error(`no answer within ${deadline} ms`))));
    answering.then(
      (answer) => {
        patience.end(wait);
        resolve(answer);
      },
      (error) => {
        patience.end(wait);
        reject(unavailabilityOf(error) ?? error);
      },
    );
  });
}
