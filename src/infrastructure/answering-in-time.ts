import { StorageUnavailable } from '../application/ports/storage-unavailable.js';

/** Milliseconds after which a verb gives up whatever it waits for: a connection, a lock, an answer. The ports promise 3 seconds. */
export const deadline = 2800;

/** Does an error say that the store cannot be reached or does not answer in time, rather than that it refused what it was asked? */
type IsUnavailability = (error: unknown) => boolean;

/**
 * The same repository, with every verb throwing `StorageUnavailable` when the store cannot be reached or does not answer in time. `stepwise` verbs are left
 * alone: they keep each of their steps `inTime` themselves, and were the whole cut off, the steps would go on and nobody hear what came of them.
 */
export function answeringInTime<Repository extends object>(
  repository: Repository,
  isUnavailability: IsUnavailability,
  ...stepwise: (keyof Repository)[]
): Repository {
  return new Proxy(repository, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const verb = (...input: unknown[]) => Reflect.apply(member, target, input);
      return stepwise.some((known) => known === name) ? verb : (...input: unknown[]) => inTime(() => verb(...input), isUnavailability);
    },
  });
}

/** What `verb` answers, or `StorageUnavailable`. */
export async function inTime<Answer>(verb: () => Promise<Answer>, isUnavailability: IsUnavailability): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StorageUnavailable(new Error(`no answer within ${deadline} ms`))), deadline);
  });
  try {
    return await Promise.race([verb(), tooLate]);
  } catch (error) {
    throw isUnavailability(error) ? new StorageUnavailable(error) : error;
  } finally {
    clearTimeout(timer);
  }
}
